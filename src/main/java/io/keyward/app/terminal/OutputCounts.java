package io.keyward.app.terminal;

import io.keyward.topology.OutputRecord;
import io.keyward.topology.contract.Topic;

/// Counts the published records.
final class OutputCounts {
    private long decisions;
    private long raised;
    private long cleared;
    private long suppressed;
    private long allowed;
    private long retracted;
    private long refused;

    void add(OutputRecord outcome) {
        switch (outcome) {
            case OutputRecord.Published published -> published(published);
            case OutputRecord.Retracted _ -> retracted++;
            case OutputRecord.Refused _ -> refused++;
        }
    }

    private void published(OutputRecord.Published published) {
        if (published.topic() == Topic.WARNINGS) {
            if (published.text("status").equals("CLEARED")) {
                cleared++;
            } else {
                raised++;
            }
        } else if (published.topic() == Topic.ANALYTICS_SUPPRESSIONS) {
            if (published.text("action").equals("ALLOW")) {
                allowed++;
            } else {
                suppressed++;
            }
        } else {
            decisions++;
        }
    }

    StyledLine line() {
        StyledLine line = new StyledLine()
                .add(Colour.NAME, "Published  ")
                .add(Format.count(decisions, "decision", "decisions"))
                .add(", " + Format.count(raised, "warning", "warnings") + " raised and " + cleared + " cleared")
                .add(", " + Format.count(suppressed, "suppression", "suppressions"))
                .add(" and " + Format.count(allowed, "allowance", "allowances"));
        if (retracted > 0) {
            line.add(", " + Format.count(retracted, "tombstone", "tombstones"));
        }
        return refused == 0
                ? line
                : line.add(", ").add(Colour.BAD, Format.count(refused, "dead letter", "dead letters"));
    }
}
