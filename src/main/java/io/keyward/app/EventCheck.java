package io.keyward.app;

import io.keyward.avro.EventCodec;
import io.keyward.avro.EventLine;
import io.keyward.domain.RefusedException;
import io.keyward.topology.Topic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Tells which lines the processor would accept as events, as far as that can be told without a broker.
final class EventCheck implements EventFiles.Reader {
    private final BiConsumer<SourceLine, String> complain;
    private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
    private long good;
    private long bad;

    /// @param complain is told of each line that is refused, and why
    EventCheck(BiConsumer<SourceLine, String> complain) {
        this.complain = complain;
    }

    /// Why the processor would refuse the event; empty if it would not.
    static Optional<String> refusal(EventLine event) {
        if (event.value().isEmpty()) {
            return Optional.of("value: is null; every event has one, and none is deleted");
        }
        try {
            EventCodec.read(event.value().get());
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.of(refused.code() + ": " + refused.detail());
        }
    }

    @Override
    public void accepted(SourceLine line, EventLine event) {
        Optional<String> refusal = refusal(event);
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
    Set<Topic> topics() {
        return topics;
    }

    long good() {
        return good;
    }

    long bad() {
        return bad;
    }
}
