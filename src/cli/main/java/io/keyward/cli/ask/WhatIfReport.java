package io.keyward.cli.ask;

import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.cli.terminal.OutcomeLines;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cli.terminal.StyledLine;
import java.util.List;

/// Prints, as text, what would be published if the events arrived now.
public record WhatIfReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;
    private static final String NOTHING = "nothing";

    public void print(JsonFields answer) {
        String environments = Format.count(answer.number("environments"), "environment");
        lines.text(Colour.NAME, environments + " would change. Nothing was written.");
        answer.all("changes").forEach(this::change);
        lines.more("", answer.number("environments") - answer.all("changes").size());
        if (!answer.all("deletions").isEmpty()) {
            lines.heading("What would be deleted unless something is done");
            answer.all("deletions").forEach(this::deletion);
            lines.more(
                    "", answer.number("deletionCount") - answer.all("deletions").size());
        }
        if (!answer.all("preliminary").isEmpty()) {
            lines.heading("What is published may differ from this");
            answer.texts("preliminary").forEach(why -> lines.item(Colour.ATTENTION, why));
        }
        lines.extent(answer);
    }

    private void change(JsonFields change) {
        lines.heading(change.owner());
        String after = change.text("after", NOTHING);
        lines.line(new StyledLine()
                .add(INDENT + change.text("before", NOTHING) + " → ")
                .add(OutcomeLines.ofState(after, ""), after));
        list(Colour.ATTENTION, "raised: ", change.texts("raised"));
        list(Colour.GOOD, "cleared: ", change.texts("cleared"));
        list(Colour.FLOW, "suppressed: ", change.texts("suppressed"));
        list(Colour.GOOD, "allowed: ", change.texts("allowed"));
    }

    private void list(Colour colour, String what, List<String> texts) {
        if (!texts.isEmpty()) {
            lines.item(colour, what + String.join(", ", texts));
        }
    }

    private void deletion(JsonFields deletion) {
        lines.item(Colour.ALARM, deletion.time("at") + "  " + deletion.owner());
    }
}
