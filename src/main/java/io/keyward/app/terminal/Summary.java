package io.keyward.app.terminal;

import io.keyward.topology.contract.Topic;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How things stand after all output records so far: every environment, every tenant's slots, and what was published.
/// For one thread.
public final class Summary {
    /// More rows of a table, and more tenants, are counted instead of listed.
    static final int MOST_ROWS = 300;

    private final Map<String, OutputRecord.Published> decisions = new TreeMap<>();
    private final Map<String, OutputRecord.Published> tenantWarnings = new TreeMap<>();
    private final OutputCounts counts = new OutputCounts();

    /// Takes in the next record; the latest decision on an environment counts, and a tombstone ends it.
    public void add(OutputRecord outcome) {
        counts.add(outcome);
        switch (outcome) {
            case OutputRecord.Published published -> {
                if (published.topic() == Topic.ENCRYPTION_DECISIONS) {
                    decisions.put(published.key(), published);
                } else if (published.topic() == Topic.WARNINGS
                        && !published.value().has("environmentId")) {
                    tenantWarnings.put(published.key(), published);
                }
            }
            case OutputRecord.Retracted retracted -> {
                if (retracted.topic() == Topic.ENCRYPTION_DECISIONS) {
                    decisions.remove(retracted.key());
                }
            }
            case OutputRecord.Refused _ -> {}
        }
    }

    /// How many environments have been decided and not purged.
    public int environments() {
        return decisions.size();
    }

    /// Prints the table, the tenants and the counts; of more rows than anybody reads, counts instead. A line that
    /// is too long for the terminal is broken, not cut off.
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
