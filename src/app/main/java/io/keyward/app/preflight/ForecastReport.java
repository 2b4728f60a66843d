package io.keyward.app.preflight;

import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.ReportLines;
import io.keyward.app.terminal.TextTable;
import io.keyward.app.terminal.TextTable.Cell;
import io.keyward.domain.FlowMigrationCheck.CallChain;
import io.keyward.domain.FlowMigrationCheck.Reason;
import io.keyward.domain.FlowMigrationCheck.Verdict;
import io.keyward.domain.MigrationObstacle;
import io.keyward.domain.decision.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints a forecast for people: the counts, the flows by obstacle with the way round, and what else applying
/// does.
public record ForecastReport(Forecast forecast, ReportLines lines) {
    /// Of each obstacle at most so many flows are listed.
    static final int MOST_ROWS = 50;

    private static final int MOST_TRIGGERS = 10;
    private static final int MOST_OF_CHAIN = 5;
    private static final String INDENT = "  ";

    /// Prints the report. Lines that are too long for the terminal are wrapped, not truncated.
    public void print() {
        if (forecast.getsSlot()) {
            verdict();
            limit();
        } else {
            limit();
            verdict();
        }
        for (MigrationObstacle obstacle : forecast.obstacles().keySet()) {
            lines.out().println();
            section(obstacle);
        }
        otherTriggers();
        lines.heading("What else applying the policy does");
        for (Advice.Effect effect : Advice.ALL.effects()) {
            String rule = effect.rule().isEmpty() ? "" : " (" + effect.rule() + ")";
            lines.text(Colour.PLAIN, INDENT, effect.subject() + rule + ": " + effect.text());
        }
        lines.out().flush();
    }

    private void verdict() {
        int flows = forecast.flows().size();
        long migrate = forecast.count(Verdict.MIGRATES);
        String verdict = migrate == flows ? "all will migrate to the customer-managed key" : counts(migrate);
        lines.text(
                forecast.allWillMigrate() ? Colour.GOOD : Colour.ATTENTION,
                flows == 0
                        ? "The inventory holds no flows."
                        : count(flows) + (forecast.getsSlot() ? "" : ", once there is a slot") + ": " + verdict + ".");
    }

    private String counts(long migrate) {
        List<String> counts = new ArrayList<>(
                List.of(String.format(Locale.ROOT, "%,d will migrate to the customer-managed key", migrate)));
        if (forecast.count(Verdict.STAYS) > 0) {
            counts.add(String.format(
                    Locale.ROOT, "%,d will stay on the Microsoft-managed key", forecast.count(Verdict.STAYS)));
        }
        if (forecast.count(Verdict.NOT_KNOWN) > 0) {
            counts.add(String.format(Locale.ROOT, "for %,d it is not known", forecast.count(Verdict.NOT_KNOWN)));
        }
        return String.join(", ", counts);
    }

    private void limit() {
        Optional<LimitPosition> given = forecast.limit();
        if (given.isEmpty()) {
            lines.text(
                    Colour.FAINT,
                    ("Limit (R10): a tenant can have %d environments enabled, unless Microsoft support has raised it;"
                                    + " with --used, this tells whether there is a slot for this one.")
                            .formatted(TenantState.DEFAULT_LIMIT));
            return;
        }
        String position = String.format(
                Locale.ROOT,
                "Limit (R10): of %,d environments that the tenant can have enabled, %,d are: ",
                given.get().limit(),
                given.get().used());
        if (forecast.getsSlot()) {
            lines.text(Colour.GOOD, position + "this one gets a slot.");
        } else {
            lines.text(
                    Colour.BAD,
                    position + "there is no slot for this one. Until it has one, Power Automate stays on the"
                            + " Microsoft-managed key, and no flow migrates (R11).");
        }
    }

    private void section(MigrationObstacle obstacle) {
        Advice.WayRound advice = Advice.on(obstacle);
        lines.text(
                obstacle == MigrationObstacle.CALLS_UNKNOWN_FLOW ? Colour.ATTENTION : Colour.BAD,
                "Why: %s (%s)"
                        .formatted(advice.why(), count(forecast.obstacles().get(obstacle))));
        lines.text(Colour.PLAIN, INDENT, "Way round: " + advice.wayRound());
        List<List<Cell>> rows = rows(obstacle);
        boolean chains = rows.getFirst().size() > 2;
        TextTable table = new TextTable(chains ? List.of("Flow", "Name", "Calls") : List.of("Flow", "Name"), rows, 1);
        lines.table(table);
        long more = forecast.obstacles().get(obstacle) - rows.size();
        if (more > 0) {
            lines.text(Colour.FAINT, String.format(Locale.ROOT, "… and %,d more; --json lists all.", more));
        }
    }

    private List<List<Cell>> rows(MigrationObstacle obstacle) {
        List<List<Cell>> rows = new ArrayList<>();
        for (int flow = 0; flow < forecast.flows().size() && rows.size() < MOST_ROWS; flow++) {
            InventoryFlow described = forecast.flows().get(flow);
            for (Reason reason : forecast.outcomes().get(flow).reasons()) {
                if (reason.obstacle() == obstacle) {
                    rows.add(row(described, reason));
                }
            }
        }
        return rows;
    }

    private static List<Cell> row(InventoryFlow flow, Reason reason) {
        List<Cell> cells = new ArrayList<>(
                List.of(new Cell(Colour.NAME, flow.flow().id()), new Cell(Colour.PLAIN, flow.displayName())));
        reason.chain().ifPresent(chain -> cells.add(new Cell(Colour.PLAIN, text(chain))));
        return cells;
    }

    private static String text(CallChain chain) {
        List<String> flows = chain.flows();
        if (chain.calls() <= MOST_OF_CHAIN) {
            return String.join(" > ", flows);
        }
        return String.format(
                Locale.ROOT,
                "%s > … > %s (%,d calls)",
                String.join(" > ", flows.subList(0, MOST_OF_CHAIN - 2)),
                flows.getLast(),
                chain.calls());
    }

    private void otherTriggers() {
        List<Forecast.OtherTrigger> triggers = forecast.otherTriggers();
        if (triggers.isEmpty()) {
            return;
        }
        String named = triggers.stream()
                .limit(MOST_TRIGGERS)
                .map(trigger -> String.format(Locale.ROOT, "%s (%,d)", trigger.name(), trigger.flows()))
                .collect(Collectors.joining(", "));
        int more = triggers.size() - MOST_TRIGGERS;
        lines.out().println();
        lines.text(
                Colour.FAINT,
                "Other triggers, which keep no flow from migrating: " + named
                        + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : ""));
    }

    private static String count(long flows) {
        return flows == 1 ? "1 flow" : String.format(Locale.ROOT, "%,d flows", flows);
    }
}
