package io.keyward.cluster;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.topology.contract.TopicSchemas.Registered;
import java.util.List;

/// A difference between the registry and what Keyward requires of it.
public record SchemaFinding(Kind kind, String sentence, String remedy) implements SetupFinding {
    /// The compatibility level of every subject.
    public static final CompatibilityLevel LEVEL = CompatibilityLevel.FULL_TRANSITIVE;

    /// The command that registers missing schemas.
    private static final String REGISTER = "bin/keyward schemas register";

    public enum Kind {
        /// The schema is not a version of its subject yet, and is compatible.
        UNREGISTERED,
        /// The subject accepts versions that break consumers or producers.
        LEVEL_DIFFERS,
        /// The registry rejects the schema: the registered one is different, or that of a newer release.
        INCOMPATIBLE
    }

    static SchemaFinding unregistered(Registered schema) {
        return new SchemaFinding(
                Kind.UNREGISTERED,
                "%s of topic %s is not registered as subject %s."
                        .formatted(schema.file(), schema.topic(), schema.subject()),
                REGISTER);
    }

    static SchemaFinding levelDiffers(String subject, CompatibilityLevel level) {
        return new SchemaFinding(
                Kind.LEVEL_DIFFERS,
                "Subject %s has the compatibility level %s; it must be %s, or a version that others cannot read could be registered."
                        .formatted(subject, level, LEVEL),
                REGISTER);
    }

    /// @param reasons in the registry's words
    /// @param registryUrl the address of the registry
    static SchemaFinding incompatible(Registered schema, List<String> reasons, String registryUrl) {
        return new SchemaFinding(
                Kind.INCOMPATIBLE,
                "%s cannot become a version of subject %s: %s. The registered version is another schema, or that of a newer release."
                        .formatted(schema.file(), schema.subject(), String.join("; ", reasons)),
                "curl %s/subjects/%s/versions/latest/schema".formatted(registryUrl, schema.subject()));
    }
}
