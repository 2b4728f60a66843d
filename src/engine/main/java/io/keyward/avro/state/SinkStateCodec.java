package io.keyward.avro.state;

import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// The binary form of the periods of sinks: `state/SinkPeriods.avsc`.
final class SinkStateCodec {
    private SinkStateCodec() {}

    static void write(StateOutput out, SinkPeriods sinks) {
        out.list(sinks.bySink(), (to, sink, periods) -> {
            to.text(sink);
            to.list(periods, (o, period) -> {
                o.optional(Optional.of(period.from()).filter(Instant.MIN::isBefore), StateOutput::time);
                o.optional(Optional.of(period.until()).filter(Instant.MAX::isAfter), StateOutput::time);
            });
        });
    }

    static SinkPeriods read(StateInput in) throws IOException {
        return new SinkPeriods(in.sortedMap(StateInput::text, from -> from.list(SinkStateCodec::period)));
    }

    private static TimeRange period(StateInput in) throws IOException {
        return new TimeRange(
                in.optional(StateInput::time).orElse(Instant.MIN),
                in.optional(StateInput::time).orElse(Instant.MAX));
    }
}
