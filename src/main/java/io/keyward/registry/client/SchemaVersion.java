package io.keyward.registry.client;

import org.apache.avro.Schema;

/// A schema as a version (1, 2, 3 …) of a subject, with its registry-wide id.
public record SchemaVersion(String subject, int version, int id, Schema schema) {}
