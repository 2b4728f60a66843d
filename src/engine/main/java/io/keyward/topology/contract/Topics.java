package io.keyward.topology.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.Topic.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The contracts of all topics, from `topology/topics.yaml`, and the topic of each kind of event.
public final class Topics {
    private static final String RESOURCE = "/topology/topics.yaml";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final Topics PRODUCT = read();

    private final Map<Topic, TopicContract> contracts = new EnumMap<>(Topic.class);
    private final Map<Class<? extends Event>, Topic> byEvent;
    private final List<Topic> events;

    private Topics(Map<String, Entry> entries) {
        for (Topic topic : Topic.values()) {
            contracts.put(topic, entries.get(topic.baseName()).contract(topic));
        }
        byEvent = Event.kinds().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), this::topicOf));
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
            return new TopicContract(
                    topic,
                    direction,
                    Optional.ofNullable(value),
                    key,
                    partitions == Partitions.SHARED,
                    config,
                    description);
        }
    }

    public static Topics load() {
        return PRODUCT;
    }

    private static Topics read() {
        try (InputStream file = Topics.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("The build is incomplete: " + RESOURCE + " is not on the class path.");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @throws IllegalArgumentException if the text is not the contract of exactly the topics of the product
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

    /// The topics with events, in the order of [Topic].
    List<Topic> events() {
        return events;
    }

    /// The topic for this kind of event.
    Topic topic(Class<? extends Event> kind) {
        return byEvent.get(kind);
    }

    private Topic topicOf(Class<? extends Event> kind) {
        String record = "." + kind.getSimpleName();
        return contracts.values().stream()
                .filter(contract -> contract.direction() != Direction.OUT)
                .filter(contract -> contract.valueSchema()
                        .filter(name -> name.endsWith(record))
                        .isPresent())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("topology/topics.yaml: no topic carries " + kind.getSimpleName()))
                .topic();
    }
}
