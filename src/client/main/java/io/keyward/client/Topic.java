package io.keyward.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// All topics of the product. `topology/topics.yaml` has the same topics, with their settings.
public enum Topic {
    POLICY_APPLIED(Direction.IN, "event.PolicyApplied"),
    POLICY_REMOVED(Direction.IN, "event.PolicyRemoved"),
    KEY_ROTATED(Direction.IN, "event.KeyRotated"),
    KEY_REVOKED(Direction.IN, "event.KeyRevoked"),
    KEY_RESTORED(Direction.IN, "event.KeyRestored"),
    KEY_EXPIRING(Direction.IN, "event.KeyExpiring"),
    ENVIRONMENT_CHANGED(Direction.IN, "event.EnvironmentChanged"),
    TENANT_LIMIT_CHANGED(Direction.IN, "event.TenantLimitChanged"),
    ENFORCEMENT_REPORTED(Direction.IN, "event.EnforcementReported"),
    ENCRYPTION_DECISIONS(Direction.OUT, "decision.EncryptionDecision"),
    WARNINGS(Direction.OUT, "decision.Warning"),
    ANALYTICS_SUPPRESSIONS(Direction.OUT, "decision.AnalyticsSuppression"),
    ERASURES(Direction.OUT, "decision.TenantErasure"),
    PROGRESS(Direction.OUT, "decision.Progress"),
    TIME_REACHED(Direction.OWN, "event.TimeReached"),
    TENANT_ERASED(Direction.OWN, "event.TenantErased"),
    KEY_HINTS(Direction.OWN, "event.KeyHint"),
    KEY_WATCH(Direction.OWN, "event.KeyWatch"),
    REROUTED(Direction.OWN),
    DEAD_LETTERS(Direction.OUT);

    /// Which side produces and consumes a topic.
    public enum Direction {
        /// Produced by other services, consumed by Keyward.
        IN,
        /// Produced by Keyward, consumed by other services.
        OUT,
        /// Produced and consumed by Keyward only.
        OWN
    }

    private static final Map<String, Topic> BY_BASE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::baseName, topic -> topic));

    private final String baseName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Direction direction;
    private final Optional<String> valueSchema;

    Topic(Direction direction) {
        this.direction = direction;
        this.valueSchema = Optional.empty();
    }

    Topic(Direction direction, String schema) {
        this.direction = direction;
        this.valueSchema = Optional.of("io.keyward." + schema);
    }

    public Direction direction() {
        return direction;
    }

    /// The name without the prefix, as in event lines and in the contract.
    public String baseName() {
        return baseName;
    }

    /// The full name of the values' Avro schema; empty if the values are bytes, forwarded as received.
    public Optional<String> valueSchema() {
        return valueSchema;
    }

    public static List<Topic> inputs() {
        return all(topic -> topic.direction == Direction.IN);
    }

    /// The topics that the processor reads, in the order of the offsets in positions.
    public static List<Topic> readByTheProcessor() {
        return all(topic -> topic.direction == Direction.IN
                || topic == TIME_REACHED
                || topic == TENANT_ERASED
                || topic == REROUTED);
    }

    /// The topics with this direction whose values have a schema. Among the outputs, only dead letters have none.
    public static List<Topic> withSchema(Direction direction) {
        return all(topic -> topic.direction == direction && topic.valueSchema.isPresent());
    }

    private static List<Topic> all(Predicate<Topic> wanted) {
        return Arrays.stream(values()).filter(wanted).toList();
    }

    public static Optional<Topic> ofBaseName(String baseName) {
        return Optional.ofNullable(BY_BASE_NAME.get(baseName));
    }
}
