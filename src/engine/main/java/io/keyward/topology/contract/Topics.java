package io.keyward.topology.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.client.Topic;
import io.keyward.client.Topic.Direction;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The contracts of all topics, from `topology/topics.yaml`, and the topic of each kind of event.
public final class Topics {
    /// A topic that the processor's group does not read. Transactions without input offsets commit an offset of
    /// it. Most deployments have no record there, so tools show no lag.
    public static final Topic UNREAD = Topic.ERASURES;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final Topics PRODUCT = parse(YamlResource.text("/topology/topics.yaml"));

    private final Map<Topic, TopicContract> contracts = new EnumMap<>(Topic.class);
    private final Map<Class<? extends Event>, Topic> byEvent;
    private final List<Topic> events;

    private Topics(Map<String, Entry> entries) {
        for (Topic topic : Topic.values()) {
            contracts.put(topic, entries.get(topic.baseName()).contract(topic));
        }
        byEvent = Event.kinds().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Topics::topicOf));
        events = byEvent.values().stream().sorted().toList();
    }

    private enum Partitions {
        SHARED,
        FREE
    }

    private record Entry(
            @JsonProperty(required = true) String description,
            @JsonProperty(required = true) Direction direction,
            @JsonProperty(required = true) String key,
            String value,
            @JsonProperty(required = true) Partitions partitions,
            @JsonProperty(required = true) Map<String, String> config) {
        TopicContract contract(Topic topic) {
            return new TopicContract(agreed(topic), key, partitions == Partitions.SHARED, config, description);
        }

        private Topic agreed(Topic topic) {
            if (direction != topic.direction() || !Optional.ofNullable(value).equals(topic.valueSchema())) {
                throw new IllegalArgumentException(
                        "topology/topics.yaml: %s has direction %s and value %s, but %s has %s and %s"
                                .formatted(
                                        topic.baseName(),
                                        direction,
                                        value,
                                        Topic.class.getName(),
                                        topic.direction(),
                                        topic.valueSchema().orElse(null)));
            }
            return topic;
        }
    }

    public static Topics load() {
        return PRODUCT;
    }

    /// @throws IllegalArgumentException if the text is not the contract of exactly Keyward's topics
    static Topics parse(String yaml) {
        try {
            return new Topics(YAML.readValue(yaml, new TypeReference<>() {}));
        } catch (JacksonException invalid) {
            throw new IllegalArgumentException("topology/topics.yaml: " + invalid.getOriginalMessage(), invalid);
        }
    }

    public TopicContract contract(Topic topic) {
        return contracts.get(topic);
    }

    /// All contracts, in the order of [Topic].
    public List<TopicContract> all() {
        return List.copyOf(contracts.values());
    }

    /// The topics with events: the inputs, and the processor's own; in the order of [Topic].
    public static List<Topic> events() {
        return load().events;
    }

    /// The input topics with key events. The vault watch also produces to them.
    public static List<Topic> keyInputs() {
        return Event.kinds().stream()
                .filter(Event.OfKey.class::isAssignableFrom)
                .map(load().byEvent::get)
                .toList();
    }

    /// The topics that the key watch produces to: facts about keys, and the watch status of each key.
    public static List<Topic> writtenByTheWatch() {
        return Stream.concat(keyInputs().stream(), Stream.of(Topic.KEY_WATCH)).toList();
    }

    /// The topics that the intake produces to: facts about keys, hints, and refused messages.
    public static List<Topic> writtenByTheIntake() {
        return List.of(Topic.KEY_ROTATED, Topic.KEY_REVOKED, Topic.KEY_EXPIRING, Topic.KEY_HINTS, Topic.DEAD_LETTERS);
    }

    /// The topic for this kind of event.
    public static Topic of(Event event) {
        return of(event.getClass());
    }

    static Topic of(Class<? extends Event> kind) {
        return load().byEvent.get(kind);
    }

    /// The output topic for a publication.
    public static Topic of(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision _ -> Topic.ENCRYPTION_DECISIONS;
            case Publication.OfWarning _ -> Topic.WARNINGS;
            case Publication.OfSignal _ -> Topic.ANALYTICS_SUPPRESSIONS;
            case Publication.Retraction r ->
                switch (r.kind()) {
                    case DECISION -> Topic.ENCRYPTION_DECISIONS;
                    case WARNING -> Topic.WARNINGS;
                    case SUPPRESSION -> Topic.ANALYTICS_SUPPRESSIONS;
                };
        };
    }

    private static Topic topicOf(Class<? extends Event> kind) {
        String schema = "io.keyward.event." + kind.getSimpleName();
        return Stream.of(Topic.values())
                .filter(topic -> topic.valueSchema().filter(schema::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No topic carries " + schema));
    }
}
