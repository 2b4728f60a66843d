package io.keyward.registry.client;

import java.util.List;
import org.apache.avro.Schema;

/// What a registry asks of a subject's next version, and whether a schema could be it. Fails as [SchemaRegistry]
/// does.
public interface SchemaPolicies extends AutoCloseable {
    /// Those of the registry that the settings describe, with retries; its state is reported to `health`.
    static SchemaPolicies connect(RegistrySettings settings, RegistryHealth health) {
        return new RetryingSchemaPolicies(new HttpSchemaRegistry(settings), new Retries(settings.retry(), health));
    }

    /// What keeps the schema from becoming a version of the subject, in the registry's words; empty if nothing does.
    List<String> conflicts(String subject, Schema schema);

    /// The level that rules the subject, its own or the registry's.
    CompatibilityLevel levelOf(String subject);

    void setLevel(String subject, CompatibilityLevel level);

    @Override
    default void close() {}
}
