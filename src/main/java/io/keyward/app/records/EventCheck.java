package io.keyward.app.records;

import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Counts the lines that the processor would accept as events, and reports the others.
public final class EventCheck implements LineFiles.LineConsumer<EventLine> {
    private final EventRules rules;
    private final BiConsumer<SourceLine, String> complain;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private long acceptedLines;
    private long refusedLines;

    /// @param complain receives each refused line and the reason
    public EventCheck(EventRules rules, BiConsumer<SourceLine, String> complain) {
        this.rules = rules;
        this.complain = complain;
    }

    @Override
    public void accepted(SourceLine line, EventLine event) {
        Optional<String> refusal = rules.refusal(event);
        if (refusal.isPresent()) {
            refused(line, refusal.get());
        } else {
            topics.add(event.topic());
            acceptedLines++;
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {
        refusedLines++;
        complain.accept(line, reason);
    }

    public Set<Topic> topics() {
        return topics;
    }

    public long acceptedLines() {
        return acceptedLines;
    }

    public long refusedLines() {
        return refusedLines;
    }
}
