package io.keyward.topology.contract;

import io.keyward.domain.decision.Publication;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Every topic of the product, by the name it has without the prefix; the rest of its contract is in
/// `topology/topics.yaml`.
public enum Topic {
    POLICY_APPLIED(Direction.IN, "policy-applied", "io.keyward.event.PolicyApplied"),
    POLICY_REMOVED(Direction.IN, "policy-removed", "io.keyward.event.PolicyRemoved"),
    KEY_ROTATED(Direction.IN, "key-rotated", "io.keyward.event.KeyRotated"),
    KEY_REVOKED(Direction.IN, "key-revoked", "io.keyward.event.KeyRevoked"),
    KEY_RESTORED(Direction.IN, "key-restored", "io.keyward.event.KeyRestored"),
    KEY_EXPIRING(Direction.IN, "key-expiring", "io.keyward.event.KeyExpiring"),
    ENVIRONMENT_CHANGED(Direction.IN, "environment-changed", "io.keyward.event.EnvironmentChanged"),
    TENANT_LIMIT_CHANGED(Direction.IN, "tenant-limit-changed", "io.keyward.event.TenantLimitChanged"),
    ENCRYPTION_DECISIONS(Direction.OUT, "encryption-decisions", "io.keyward.decision.EncryptionDecision"),
    WARNINGS(Direction.OUT, "warnings", "io.keyward.decision.Warning"),
    ANALYTICS_SUPPRESSIONS(Direction.OUT, "analytics-suppressions", "io.keyward.decision.AnalyticsSuppression"),
    REROUTED(Direction.OWN, "rerouted"),
    DEAD_LETTERS(Direction.OUT, "dead-letters");

    /// Who writes a topic and who reads it.
    public enum Direction {
        /// Others write it, the product reads it.
        IN,
        /// The product writes it, others read it.
        OUT,
        /// The product alone writes and reads it.
        OWN
    }

    private static final Map<String, Topic> BY_BASE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::baseName, topic -> topic));

    private final Direction direction;
    private final String baseName;
    private final Optional<String> valueSchema;

    Topic(Direction direction, String baseName, String valueSchema) {
        this.direction = direction;
        this.baseName = baseName;
        this.valueSchema = Optional.of(valueSchema);
    }

    Topic(Direction direction, String baseName) {
        this.direction = direction;
        this.baseName = baseName;
        this.valueSchema = Optional.empty();
    }

    public Direction direction() {
        return direction;
    }

    /// The name without the prefix, as in event lines and in the contract.
    public String baseName() {
        return baseName;
    }

    /// Full name of the Avro schema of the values; empty where bytes are passed on as received.
    public Optional<String> valueSchema() {
        return valueSchema;
    }

    public static List<Topic> inputs() {
        return Arrays.stream(values())
                .filter(topic -> topic.direction == Direction.IN)
                .toList();
    }

    /// The inputs that tell of keys, which the watch over keys writes as well.
    public static List<Topic> keyInputs() {
        return List.of(KEY_ROTATED, KEY_REVOKED, KEY_RESTORED, KEY_EXPIRING);
    }

    public static Optional<Topic> ofBaseName(String baseName) {
        return Optional.ofNullable(BY_BASE_NAME.get(baseName));
    }

    /// The topic that a publication goes to.
    public static Topic of(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision _ -> ENCRYPTION_DECISIONS;
            case Publication.OfWarning _ -> WARNINGS;
            case Publication.OfSuppression _, Publication.OfAllowance _ -> ANALYTICS_SUPPRESSIONS;
            case Publication.Retraction r ->
                switch (r.kind()) {
                    case DECISION -> ENCRYPTION_DECISIONS;
                    case WARNING -> WARNINGS;
                    case SUPPRESSION -> ANALYTICS_SUPPRESSIONS;
                };
        };
    }
}
