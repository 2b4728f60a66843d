package io.keyward.app.cluster;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.topology.contract.TopicSchemas.Registered;
import java.util.List;

/// A difference between the registry and what Keyward needs there.
public sealed interface SchemaFinding extends Finding {
    /// The compatibility level of every subject.
    CompatibilityLevel LEVEL = CompatibilityLevel.FULL_TRANSITIVE;

    /// The command that registers what is missing.
    String REGISTER = "bin/keyward schemas register";

    /// The subject under which the schema is registered.
    String subject();

    /// The schema is not a version of its subject yet, and is compatible.
    record Unregistered(Registered schema) implements SchemaFinding {
        @Override
        public String subject() {
            return schema.subject();
        }

        @Override
        public String sentence() {
            return "%s of topic %s is not registered as subject %s."
                    .formatted(schema.file(), schema.topic(), schema.subject());
        }

        @Override
        public String remedy() {
            return REGISTER;
        }
    }

    /// The subject accepts versions that break readers or writers.
    record LevelDiffers(String subject, CompatibilityLevel level) implements SchemaFinding {
        @Override
        public String sentence() {
            return "Subject %s has the compatibility level %s, and %s is needed: a version that others cannot read could be registered."
                    .formatted(subject, level, LEVEL);
        }

        @Override
        public String remedy() {
            return REGISTER;
        }
    }

    /// The registry refuses the schema: the registered one is a different schema, or one of a newer release.
    ///
    /// @param reasons in the registry's words
    /// @param registryUrl where the subject is
    record Incompatible(Registered schema, List<String> reasons, String registryUrl) implements SchemaFinding {
        public Incompatible {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String subject() {
            return schema.subject();
        }

        @Override
        public String sentence() {
            return "%s cannot become a version of subject %s: %s. What is registered there is another schema, or that of a newer release."
                    .formatted(schema.file(), schema.subject(), String.join("; ", reasons));
        }

        @Override
        public String remedy() {
            return "curl %s/subjects/%s/versions/latest/schema".formatted(registryUrl, schema.subject());
        }
    }
}
