package io.keyward.registry.client;

import org.apache.avro.Schema;

/// A schema registry with Confluent's API. A schema has an id that never changes, and versions under subjects.
///
/// Implementations are thread-safe. Every method may throw a [RegistryUnavailableException] (the same call may
/// succeed later) or a [RegistryRefusalException] (the same call never succeeds).
public interface SchemaRegistry extends AutoCloseable {
    /// Connects to the registry that the settings describe, with retries and a cache. Reports its state to
    /// `health`.
    static SchemaRegistry connect(RegistrySettings settings, RegistryHealth health) {
        return new CachingSchemaRegistry(new HttpSchemaRegistry(settings, health), settings.cache());
    }

    /// Registers the schema as a version of the subject, unless it is one already. Returns its id.
    int register(String subject, Schema schema);

    /// The id of a schema that is already a version of the subject.
    int idOf(String subject, Schema schema);

    Schema schemaOf(SchemaId id);

    default Schema schemaOf(int id) {
        return schemaOf(new SchemaId.Numeric(id));
    }

    SchemaVersion latestOf(String subject);

    @Override
    default void close() {}
}
