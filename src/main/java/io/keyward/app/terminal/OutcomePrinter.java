package io.keyward.app.terminal;

import io.keyward.topology.contract.Topic;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Prints each outcome as one readable line; signals that say the same about several sinks share one. For one thread.
///
/// The last signals are held back until something else comes: call [#flush()] when nothing more is there to print.
public final class OutcomePrinter {
    private final PrintStream out;
    private final Terminal terminal;
    private final List<OutputRecord.Published> signals = new ArrayList<>();

    public OutcomePrinter(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Prints the record, or holds it back if it is a signal that others may join.
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
                                ? OutcomeLines.warning(published)
                                : OutcomeLines.decision(published));
            case OutputRecord.Retracted retracted -> line(OutcomeLines.retraction(retracted));
            case OutputRecord.Refused refused -> line(OutcomeLines.refusal(refused));
        }
    }

    /// Prints the lines that are held back.
    public void flush() {
        if (!signals.isEmpty()) {
            OutcomeLines.signals(signals).print(out, terminal);
            signals.clear();
        }
        out.flush();
    }

    private void line(StyledLine line) {
        flush();
        line.print(out, terminal);
    }

    private static boolean saysTheSame(OutputRecord.Published one, OutputRecord.Published other) {
        return List.of("tenantId", "environmentId", "revision", "action", "effectiveFrom").stream()
                .allMatch(name -> one.value().path(name).equals(other.value().path(name)));
    }
}
