package io.keyward.registry.client;

import java.util.UUID;
import org.apache.avro.Schema;

/// A schema registry as Confluent's API knows it: schemas have an id that is theirs for ever, and versions under
/// subjects.
///
/// Implementations may be used by many threads at once. Every method may throw a [RegistryUnavailableException] (the
/// same call may succeed later) or a [RegistryRefusalException] (it never will).
public interface SchemaRegistry extends AutoCloseable {
    /// The registry that the settings describe, with retries and a cache; its state is reported to `health`.
    static SchemaRegistry connect(RegistrySettings settings, RegistryHealth health) {
        SchemaRegistry remote = new HttpSchemaRegistry(settings);
        return new CachingSchemaRegistry(
                new RetryingSchemaRegistry(remote, new Retries(settings.retry(), health)), settings.cache());
    }

    /// Makes the schema a version of the subject unless it is one already, and returns its id.
    int register(String subject, Schema schema);

    /// The id of a schema that is a version of the subject already.
    int idOf(String subject, Schema schema);

    Schema schemaOf(int id);

    /// The schema with this globally unique id; registries before Confluent's version 8 know none.
    Schema schemaOf(UUID guid);

    SchemaVersion latestOf(String subject);

    @Override
    default void close() {}
}
