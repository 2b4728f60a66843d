package io.keyward.topology.contract;

import io.keyward.domain.event.Event;
import io.keyward.topology.contract.Topic.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The contracts of all topics, one for each topic, and the topic of each kind of event.
public final class Topics {
    private static final String RESOURCE = "/topology/topics.yaml";

    private final Map<Topic, TopicContract> contracts;

    private final Map<Class<? extends Event>, Topic> byEvent;
    private final List<Topic> events;

    private Topics(Map<Topic, TopicContract> contracts) {
        this.contracts = contracts;
        this.byEvent = Event.kinds().stream()
                .collect(Collectors.toUnmodifiableMap(kind -> kind, kind -> topicOf(kind, contracts.values())));
        this.events = byEvent.values().stream().sorted().toList();
    }

    /// Holds the contracts from the file in the product.
    private static final class Product {
        private static final Topics TOPICS = read();
    }

    public static Topics load() {
        return Product.TOPICS;
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

    /// @throws IllegalArgumentException listing all errors in the text
    static Topics parse(String yaml) {
        EnumMap<Topic, TopicContract> contracts = new EnumMap<>(Topic.class);
        new TopicsFile(yaml).contracts().forEach(contract -> contracts.put(contract.topic(), contract));
        return new Topics(contracts);
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

    private static Topic topicOf(Class<? extends Event> kind, Collection<TopicContract> contracts) {
        String record = "." + kind.getSimpleName();
        return contracts.stream()
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
