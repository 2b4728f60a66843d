package io.keyward.cli.terminal;

import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints each output record as one readable line. Signals that differ only in their sinks share a line. Not
/// thread-safe.
///
/// Holds back the last signals until another record comes: call [#flush()] at the end.
public final class OutcomePrinter {
    /// The maximum number of warnings that are remembered, so that their updates show only what changes.
    private static final int MAX_WARNINGS = 10_000;

    private final PrintStream out;
    private final Terminal terminal;
    private final List<JsonFields> signals = new ArrayList<>();
    private final Map<String, JsonFields> warnings = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonFields> eldest) {
            return size() > MAX_WARNINGS;
        }
    };

    public OutcomePrinter(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Prints the record, or holds it back if it is a signal that may share a line with others.
    public void print(OutputRecord outcome) {
        switch (outcome) {
            case OutputRecord.Published published
            when published.topic() == Topic.ANALYTICS_SUPPRESSIONS -> {
                JsonFields signal = JsonFields.of(published);
                if (!signals.isEmpty() && !differOnlyInSinks(signals.getFirst(), signal)) {
                    flush();
                }
                signals.add(signal);
            }
            case OutputRecord.Published published ->
                line(
                        published.topic() == Topic.WARNINGS
                                ? OutcomeLines.warning(JsonFields.of(published), before(published))
                                : OutcomeLines.decision(JsonFields.of(published)));
            case OutputRecord.Retracted retracted -> line(OutcomeLines.retraction(retracted));
            case OutputRecord.Refused refused -> line(OutcomeLines.refusal(refused));
        }
    }

    public void flush() {
        if (!signals.isEmpty()) {
            OutcomeLines.signals(signals).print(out, terminal);
            signals.clear();
        }
        out.flush();
    }

    /// Returns the previous record of the incident; empty if unknown.
    private Optional<JsonFields> before(OutputRecord.Published warning) {
        return Optional.ofNullable(warnings.put(warning.key(), JsonFields.of(warning)))
                .filter(before -> before.text("incident").equals(warning.text("incident")));
    }

    private void line(StyledLine line) {
        flush();
        line.print(out, terminal);
    }

    private static boolean differOnlyInSinks(JsonFields one, JsonFields other) {
        return List.of("tenantId", "environmentId", "revision", "action", "effectiveFrom", "gaps").stream()
                .allMatch(name -> one.at(name).equals(other.at(name)));
    }
}
