package io.keyward.app.console;

import io.keyward.topology.Topic;

/// Counts what was published.
final class Tally {
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
                .add(Ink.NAME, "Published  ")
                .add(Words.count(decisions, "decision", "decisions"))
                .add(", " + Words.count(raised, "warning", "warnings") + " raised and " + cleared + " cleared")
                .add(", " + Words.count(suppressed, "suppression", "suppressions"))
                .add(" and " + Words.count(allowed, "allowance", "allowances"));
        if (retracted > 0) {
            line.add(", " + Words.count(retracted, "tombstone", "tombstones"));
        }
        return refused == 0 ? line : line.add(", ").add(Ink.BAD, Words.count(refused, "dead letter", "dead letters"));
    }
}
