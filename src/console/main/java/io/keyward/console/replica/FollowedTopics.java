package io.keyward.console.replica;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.KeywardTopology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The topics that a replica reads: the changelogs of the processor's stores, its outputs, and what its key watch
/// writes.
///
/// @param applicationId the processor's
public record FollowedTopics(String applicationId, TopicNames names) {
    /// The outputs of a replica's timeline.
    static final List<Topic> OUTPUTS =
            List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS);

    public List<String> all() {
        return Stream.of(
                        KeywardTopology.stores().stream().map(this::changelog),
                        OUTPUTS.stream().map(names::name),
                        Stream.of(keyWatch()))
                .flatMap(topics -> topics)
                .toList();
    }

    /// How well keys are watched. It holds no facts, so answers are complete without it.
    String keyWatch() {
        return names.name(Topic.KEY_WATCH);
    }

    /// What the processor reads.
    List<String> inputs() {
        return Topic.readByTheProcessor().stream().map(names::name).toList();
    }

    public String changelog(String store) {
        return KeywardTopology.changelog(applicationId, store);
    }

    /// The store whose changelog the topic is.
    Optional<String> store(String topic) {
        return KeywardTopology.stores().stream()
                .filter(store -> changelog(store).equals(topic))
                .findFirst();
    }

    /// The output that the topic is.
    Optional<Topic> output(String topic) {
        return names.topic(topic).filter(OUTPUTS::contains);
    }
}
