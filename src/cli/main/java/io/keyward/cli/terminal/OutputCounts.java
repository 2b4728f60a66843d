package io.keyward.cli.terminal;

import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.util.HashMap;
import java.util.Map;

/// Counts the published records.
final class OutputCounts {
    private final Map<String, Integer> counts = new HashMap<>();

    void add(OutputRecord outcome) {
        counts.merge(kind(outcome), 1, Integer::sum);
    }

    private static String kind(OutputRecord outcome) {
        return switch (outcome) {
            case OutputRecord.Retracted _ -> "retracted";
            case OutputRecord.Refused _ -> "refused";
            case OutputRecord.Published warning
            when warning.topic() == Topic.WARNINGS ->
                switch (warning.text("status")) {
                    case "CLEARED" -> "cleared";
                    case "UPDATED" -> "updated";
                    default -> "raised";
                };
            case OutputRecord.Published signal
            when signal.topic() == Topic.ANALYTICS_SUPPRESSIONS ->
                signal.text("action").equals("ALLOW") ? "allowed" : "suppressed";
            case OutputRecord.Published _ -> "decided";
        };
    }

    private int count(String kind) {
        return counts.getOrDefault(kind, 0);
    }

    StyledLine line() {
        StyledLine line = new StyledLine()
                .add(Colour.NAME, "Published  ")
                .add(Format.count(count("decided"), "decision"))
                .add(", " + Format.count(count("raised"), "warning") + " raised, " + count("updated") + " updated and "
                        + count("cleared") + " cleared")
                .add(", " + Format.count(count("suppressed"), "suppression"))
                .add(" and " + Format.count(count("allowed"), "allowance"));
        if (count("retracted") > 0) {
            line.add(", " + Format.count(count("retracted"), "tombstone"));
        }
        return count("refused") == 0
                ? line
                : line.add(", ").add(Colour.BAD, Format.count(count("refused"), "dead letter"));
    }
}
