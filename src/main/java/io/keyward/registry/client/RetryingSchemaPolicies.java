package io.keyward.registry.client;

import java.util.List;
import org.apache.avro.Schema;

/// Repeats calls that the registry did not answer.
record RetryingSchemaPolicies(SchemaPolicies policies, Retries retries) implements SchemaPolicies {
    @Override
    public List<String> conflicts(String subject, Schema schema) {
        return retries.of(() -> policies.conflicts(subject, schema));
    }

    @Override
    public CompatibilityLevel levelOf(String subject) {
        return retries.of(() -> policies.levelOf(subject));
    }

    @Override
    public void setLevel(String subject, CompatibilityLevel level) {
        retries.of(() -> {
            policies.setLevel(subject, level);
            return level;
        });
    }

    @Override
    public void close() {
        retries.close();
        policies.close();
    }
}
