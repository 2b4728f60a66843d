package io.keyward.app.cluster;

import java.util.List;
import java.util.OptionalInt;

/// The result of checking all topics.
///
/// @param inputPartitions the count that all inputs have on the cluster; empty if one is missing or they differ
public record TopicCheck(List<TopicFinding> findings, OptionalInt inputPartitions) {
    public TopicCheck {
        findings = List.copyOf(findings);
    }

    public boolean passed() {
        return findings.isEmpty();
    }
}
