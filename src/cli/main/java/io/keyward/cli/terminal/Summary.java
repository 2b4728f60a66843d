package io.keyward.cli.terminal;

import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The state after all output records so far: every environment, every tenant's slots, and the number of
/// published records. Not thread-safe.
public final class Summary {
    /// Longer tables and lists of tenants are replaced by counts.
    static final int MOST_ROWS = 300;

    private final Map<String, OutputRecord.Published> decisions = new TreeMap<>();
    private final Map<String, OutputRecord.Published> tenantWarnings = new TreeMap<>();
    private final OutputCounts counts = new OutputCounts();

    /// Adds the next record. The latest decision of an environment counts, and a tombstone removes it.
    public void add(OutputRecord outcome) {
        counts.add(outcome);
        switch (outcome) {
            case OutputRecord.Published decision
            when decision.topic() == Topic.ENCRYPTION_DECISIONS -> decisions.put(decision.key(), decision);
            case OutputRecord.Published warning
            when warning.topic() == Topic.WARNINGS && !warning.value().has("environmentId") ->
                tenantWarnings.put(warning.key(), warning);
            case OutputRecord.Retracted decision
            when decision.topic() == Topic.ENCRYPTION_DECISIONS -> decisions.remove(decision.key());
            case OutputRecord.Published _, OutputRecord.Retracted _, OutputRecord.Refused _ -> {}
        }
    }

    /// Prints the table, the tenants and the counts. Prints only counts if there are too many rows. Lines that
    /// are too long for the terminal are wrapped, not truncated.
    public void print(PrintStream out, Terminal terminal) {
        Terminal whole = terminal.breakingLines();
        SummaryTable table = SummaryTable.of(decisions.values());
        List<StyledLine> lines = table.size() > MOST_ROWS
                ? new SummaryCounts(decisions.values()).lines()
                : table.lines(terminal.width());
        lines.forEach(line -> line.print(out, whole));
        out.println();
        TenantSlots.lines(decisions.values(), tenantWarnings.values()).forEach(line -> line.print(out, whole));
        counts.line().print(out, whole);
        out.flush();
    }
}
