package io.keyward.app.records;

import io.keyward.avro.json.EventLine;
import io.keyward.topology.contract.Topic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Tells which lines the processor would accept as events.
public final class EventCheck implements EventFiles.Reader {
    private final EventRules rules;
    private final BiConsumer<SourceLine, String> complain;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private long good;
    private long bad;

    /// @param complain is told of each line that is refused, and why
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
            topics.add(Topic.ofBaseName(event.topic()).orElseThrow());
            good++;
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {
        bad++;
        complain.accept(line, reason);
    }

    /// The topics of the good lines.
    public Set<Topic> topics() {
        return topics;
    }

    public long good() {
        return good;
    }

    public long bad() {
        return bad;
    }
}
