package io.keyward.cli.command;

import io.keyward.client.Topic;
import io.keyward.cluster.TopicRow;
import io.keyward.proof.TopicLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where records about a tenant remain after its erasure, and for how long.
///
/// @param topics every topic as it is on the cluster
record Remnants(List<TopicRow> topics, Instant erasedAt) {
    /// Returns one line for each time, and one for the compacted topics.
    List<String> lines() {
        Map<String, List<String>> until = new LinkedHashMap<>();
        for (TopicRow row : topics) {
            Topic topic = row.contract().topic();
            if (topic != Topic.ERASURES && topic != Topic.KEY_HINTS && !TopicLayout.OUTPUTS.contains(topic)) {
                row.state()
                        .ifPresent(state -> until.computeIfAbsent(end(state.retention()), _ -> new ArrayList<>())
                                .add(row.name()));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("Kafka still holds older records about the tenant:");
        until.forEach((end, names) -> lines.add("  %s: in %s".formatted(end, String.join(", ", names))));
        lines.add("  until the log cleaner has compacted them: in the outputs and in the changelogs");
        lines.add(
                "Files of running instances hold rows about it for up to two days; see docs/contract.md for other places.");
        return lines;
    }

    private String end(Optional<Duration> retention) {
        return retention
                .map(kept -> "until %s, and until the segment that holds them is closed (%d days)"
                        .formatted(erasedAt.plus(kept), kept.toDays()))
                .orElse("for ever");
    }
}
