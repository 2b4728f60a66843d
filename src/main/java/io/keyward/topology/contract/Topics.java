package io.keyward.topology.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The contracts of all topics: each topic of the code has exactly one, and both agree.
public final class Topics {
    private static final String RESOURCE = "/topology/topics.yaml";

    private final Map<Topic, TopicContract> contracts;

    private Topics(Map<Topic, TopicContract> contracts) {
        this.contracts = contracts;
    }

    /// Reads the file that was built into the product.
    public static Topics load() {
        try (InputStream file = Topics.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("The build is incomplete: " + RESOURCE + " is not on the class path.");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @throws IllegalArgumentException that lists everything that is wrong with the text
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

    public TopicNames named(String prefix) {
        return new TopicNames(prefix);
    }
}
