package io.keyward.app.terminal;

import io.keyward.client.Topic;
import io.keyward.topology.OutputRecord;
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
    /// How many warnings are remembered, so that their updates tell only what changes.
    private static final int MAX_WARNINGS = 10_000;

    private final PrintStream out;
    private final Terminal terminal;
    private final List<OutputRecord.Published> signals = new ArrayList<>();
    private final Map<String, OutputRecord.Published> warnings = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OutputRecord.Published> eldest) {
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
            case OutputRecord.Published signal
            when signal.topic() == Topic.ANALYTICS_SUPPRESSIONS -> {
                if (!signals.isEmpty() && !saysTheSame(signals.getFirst(), signal)) {
                    flush();
                }
                signals.add(signal);
            }
            case OutputRecord.Published published ->
                line(
                        published.topic() == Topic.WARNINGS
                                ? OutcomeLines.warning(published, Optional.ofNullable(before(published)))
                                : OutcomeLines.decision(published));
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

    /// The record before of the incident; null if it is not known.
    private OutputRecord.Published before(OutputRecord.Published warning) {
        OutputRecord.Published before = warnings.put(warning.key(), warning);
        return before != null && before.text("incident").equals(warning.text("incident")) ? before : null;
    }

    private void line(StyledLine line) {
        flush();
        line.print(out, terminal);
    }

    private static boolean saysTheSame(OutputRecord.Published one, OutputRecord.Published other) {
        return List.of("tenantId", "environmentId", "revision", "action", "effectiveFrom", "gaps").stream()
                .allMatch(name -> one.value().path(name).equals(other.value().path(name)));
    }
}
