package io.keyward.registry.client;

import java.util.UUID;
import org.apache.avro.Schema;

/// A schema registry with Confluent's API. A schema has an id that never changes, and versions under subjects.
///
/// Implementations are thread-safe. Every method may throw a [RegistryUnavailableException] (the same call may
/// succeed later) or a [RegistryRefusalException] (the same call never succeeds).
public interface SchemaRegistry extends AutoCloseable {
    /// Connects to the registry that the settings describe, with retries and a cache. Reports its state to
    /// `health`.
    static SchemaRegistry connect(RegistrySettings settings, RegistryHealth health) {
        SchemaRegistry remote = new HttpSchemaRegistry(settings);
        return new CachingSchemaRegistry(
                new RetryingSchemaRegistry(remote, new Retries(settings.retry(), health)), settings.cache());
    }

    /// Registers the schema as a version of the subject, unless it is one already. Returns its id.
    int register(String subject, Schema schema);

    /// The id of a schema that is already a version of the subject.
    int idOf(String subject, Schema schema);

    Schema schemaOf(int id);

    /// The schema with this globally unique id. Registries before Confluent's version 8 have no such ids.
    Schema schemaOf(UUID guid);

    SchemaVersion latestOf(String subject);

    @Override
    default void close() {}
}
