package io.keyward.cli.terminal;

import io.keyward.domain.Explanation;
import io.keyward.topology.read.OutputRecord;
import java.util.List;

/// Prints the explanation below a decision: its cause, and each rule with the facts that it used.
public record ExplanationPrinter(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    /// Prints the explanations; nothing if there are none.
    ///
    /// @param location the location of the event that caused the decision
    public void print(OutputRecord.Published decision, String location, List<Explanation> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        JsonFields cause = JsonFields.of(decision).at("cause");
        String because = "because of %s %s, occurred %s (%s)"
                .formatted(cause.text("eventType"), cause.text("eventId"), cause.time("occurredAt"), location);
        lines.line(new StyledLine().add(INDENT).add(Colour.FAINT, because));
        reasons.forEach(this::print);
    }

    private void print(Explanation reason) {
        lines.line(new StyledLine()
                .add(INDENT)
                .column(Colour.NAME, reason.rule().name(), INDENT.length())
                .add(reason.rule().sentence()));
        if (!reason.sentence().isEmpty()) {
            lines.line(new StyledLine().add(INDENT + INDENT).add(Colour.FAINT, reason.sentence()));
        }
    }
}
