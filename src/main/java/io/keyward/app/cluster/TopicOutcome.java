package io.keyward.app.cluster;

import java.util.List;

/// What became of one topic when all were created.
///
/// @param topic full name on the cluster
/// @param differences why a topic that was there already does not keep its contract
public record TopicOutcome(String topic, Creation result, List<TopicFinding> differences) {
    /// Whether a topic is new, was as it should be, or was there and is not as it should be (and was left alone).
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
