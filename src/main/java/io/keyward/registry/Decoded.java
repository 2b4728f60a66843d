package io.keyward.registry;

import io.keyward.registry.client.SchemaId;
import org.apache.avro.generic.IndexedRecord;

/// A record as read, with the full name and the id of the schema that wrote it.
public record Decoded(String writer, SchemaId schema, IndexedRecord value) {}
