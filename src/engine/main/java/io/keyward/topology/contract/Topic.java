package io.keyward.topology.contract;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All topics of the product. `topology/topics.yaml` lists their producers and schemas.
public enum Topic {
    POLICY_APPLIED,
    POLICY_REMOVED,
    KEY_ROTATED,
    KEY_REVOKED,
    KEY_RESTORED,
    KEY_EXPIRING,
    ENVIRONMENT_CHANGED,
    TENANT_LIMIT_CHANGED,
    ENFORCEMENT_REPORTED,
    ENCRYPTION_DECISIONS,
    WARNINGS,
    ANALYTICS_SUPPRESSIONS,
    ERASURES,
    PROGRESS,
    TIME_REACHED,
    TENANT_ERASED,
    KEY_HINTS,
    REROUTED,
    DEAD_LETTERS;

    /// Which side produces and consumes a topic.
    public enum Direction {
        /// Other services produce it, Keyward consumes it.
        IN,
        /// Keyward produces it, other services consume it.
        OUT,
        /// Only Keyward produces and consumes it.
        OWN
    }

    private static final Map<String, Topic> BY_BASE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::baseName, topic -> topic));

    private final String baseName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public Direction direction() {
        return Topics.load().contract(this).direction();
    }

    /// The name without the prefix, as in event lines and in the contract.
    public String baseName() {
        return baseName;
    }

    /// The full name of the values' Avro schema; empty if the values are bytes, forwarded as received.
    public Optional<String> valueSchema() {
        return Topics.load().contract(this).valueSchema();
    }

    public static List<Topic> inputs() {
        return Arrays.stream(values())
                .filter(topic -> topic.direction() == Direction.IN)
                .toList();
    }

    /// The topics with this direction whose values have a schema. Of the outputs, only dead letters have none.
    public static List<Topic> withSchema(Direction direction) {
        return Arrays.stream(values())
                .filter(topic ->
                        topic.direction() == direction && topic.valueSchema().isPresent())
                .toList();
    }

    /// The topics that the topology reads.
    public static List<Topic> readByTheTopology() {
        return Stream.concat(events().stream(), Stream.of(REROUTED)).sorted().toList();
    }

    /// The topics with events: the inputs, and the processor's own.
    public static List<Topic> events() {
        return Topics.load().events();
    }

    /// The input topics with key events. The vault watch also produces to them.
    public static List<Topic> keyInputs() {
        return Event.kinds().stream()
                .filter(Event.OfKey.class::isAssignableFrom)
                .map(kind -> Topics.load().topic(kind))
                .toList();
    }

    /// The topics that the intake produces to: facts about keys, hints, and what it refuses.
    public static List<Topic> writtenByTheIntake() {
        return List.of(KEY_ROTATED, KEY_REVOKED, KEY_EXPIRING, KEY_HINTS, DEAD_LETTERS);
    }

    /// The topic for this kind of event.
    public static Topic of(Event event) {
        return Topics.load().topic(event.getClass());
    }

    public static Optional<Topic> ofBaseName(String baseName) {
        return Optional.ofNullable(BY_BASE_NAME.get(baseName));
    }

    /// The output topic for a publication.
    public static Topic of(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision _ -> ENCRYPTION_DECISIONS;
            case Publication.OfWarning _ -> WARNINGS;
            case Publication.OfSignal _ -> ANALYTICS_SUPPRESSIONS;
            case Publication.Retraction r ->
                switch (r.kind()) {
                    case DECISION -> ENCRYPTION_DECISIONS;
                    case WARNING -> WARNINGS;
                    case SUPPRESSION -> ANALYTICS_SUPPRESSIONS;
                };
        };
    }
}
