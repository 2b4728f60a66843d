package io.keyward.registry.client;

import java.util.List;
import org.apache.avro.Schema;

/// A registry's compatibility levels and compatibility checks. Fails as [SchemaRegistry] does.
public interface SchemaPolicies extends AutoCloseable {
    /// Connects to the registry that the settings describe, with retries. Reports its state to `health`.
    static SchemaPolicies connect(RegistrySettings settings, RegistryHealth health) {
        return new RetryingSchemaPolicies(new HttpSchemaRegistry(settings), new Retries(settings.retry(), health));
    }

    /// Why the schema cannot become a version of the subject, in the registry's words; empty if it can.
    List<String> conflicts(String subject, Schema schema);

    /// The subject's compatibility level, or the registry's if the subject has none of its own.
    CompatibilityLevel levelOf(String subject);

    void setLevel(String subject, CompatibilityLevel level);

    @Override
    default void close() {}
}
