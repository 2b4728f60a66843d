package io.keyward.registry;

import io.keyward.registry.client.SchemaId;
import org.apache.avro.generic.IndexedRecord;

/// A decoded record, with the full name and the id of the writer's schema.
public record Decoded(String writer, SchemaId schema, IndexedRecord value) {}
