package io.keyward.console.replica;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.KeywardTopology;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The topics that a replica reads: the changelogs of the processor's stores, its outputs, and the output of
/// its key watch.
///
/// @param applicationId the processor's application id
public record FollowedTopics(String applicationId, TopicNames names) {
    /// The output topics in the timelines.
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

    /// The status of watched keys. It holds no facts, so answers are complete without it.
    String keyWatch() {
        return names.name(Topic.KEY_WATCH);
    }

    /// The topics that the processor reads.
    List<String> inputs() {
        return Topic.readByTheProcessor().stream().map(names::name).toList();
    }

    public String changelog(String store) {
        return KeywardTopology.changelog(applicationId, store);
    }

    /// The store of the changelog with this name.
    Optional<String> store(String topic) {
        return KeywardTopology.stores().stream()
                .filter(store -> changelog(store).equals(topic))
                .findFirst();
    }

    /// The output topic with this name.
    Optional<Topic> output(String topic) {
        return names.topic(topic).filter(OUTPUTS::contains);
    }
}
