package io.keyward.registry.client;

import org.apache.avro.Schema;

/// A version (1, 2, 3 …) of a subject: its schema, and the schema's id within the registry.
public record SchemaVersion(String subject, int version, int id, Schema schema) {}
