package io.keyward.cli.records;

import io.keyward.client.Topic;
import io.keyward.topology.contract.EventLine;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Counts the lines that the processor would accept as events, and reports the others.
public final class EventCheck {
    private final EventRules rules;
    private final BiConsumer<SourceLine, String> complain;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private Optional<SourceLine> last = Optional.empty();
    private long acceptedLines;

    /// @param complain receives each refused line and its reason
    public EventCheck(EventRules rules, BiConsumer<SourceLine, String> complain) {
        this.rules = rules;
        this.complain = complain;
    }

    /// Whether the processor would accept the line; if not, reports it.
    public boolean accepts(SourceLine line, EventLine event) {
        Optional<String> refusal = rules.refusal(event);
        if (refusal.isPresent()) {
            complain.accept(line, refusal.get());
            return false;
        }
        topics.add(event.topic());
        last = Optional.of(line);
        acceptedLines++;
        return true;
    }

    /// The topics of the accepted lines.
    public Set<Topic> topics() {
        return topics;
    }

    public Optional<SourceLine> lastAccepted() {
        return last;
    }

    public long acceptedLines() {
        return acceptedLines;
    }
}
