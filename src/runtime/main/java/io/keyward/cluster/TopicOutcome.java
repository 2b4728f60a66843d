package io.keyward.cluster;

import java.util.List;

/// The result of creating one topic.
///
/// @param topic full name on the cluster
/// @param differences between an existing topic and its contract
public record TopicOutcome(String topic, Creation result, List<TopicFinding> differences) {
    /// Whether a topic is new, existed as its contract says, or existed with differences (and was left unchanged).
    public enum Creation {
        CREATED,
        EXISTED,
        DIFFERS
    }

    public TopicOutcome {
        differences = List.copyOf(differences);
    }

    static TopicOutcome created(String topic) {
        return new TopicOutcome(topic, Creation.CREATED, List.of());
    }

    static TopicOutcome existed(String topic, List<TopicFinding> differences) {
        return new TopicOutcome(topic, differences.isEmpty() ? Creation.EXISTED : Creation.DIFFERS, differences);
    }
}
