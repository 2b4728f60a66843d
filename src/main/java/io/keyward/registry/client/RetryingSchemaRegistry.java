package io.keyward.registry.client;

import java.util.UUID;
import org.apache.avro.Schema;

/// Repeats calls that the registry did not answer.
record RetryingSchemaRegistry(SchemaRegistry registry, Retries retries) implements SchemaRegistry {
    @Override
    public int register(String subject, Schema schema) {
        return retries.of(() -> registry.register(subject, schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return retries.of(() -> registry.idOf(subject, schema));
    }

    @Override
    public Schema schemaOf(int id) {
        return retries.of(() -> registry.schemaOf(id));
    }

    @Override
    public Schema schemaOf(UUID guid) {
        return retries.of(() -> registry.schemaOf(guid));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return retries.of(() -> registry.latestOf(subject));
    }

    @Override
    public void close() {
        retries.close();
        registry.close();
    }
}
