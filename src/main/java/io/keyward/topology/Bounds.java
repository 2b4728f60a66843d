package io.keyward.topology;

import java.time.Duration;

/// How much of something the flow takes before it does it otherwise.
///
/// @param maxFuture how far ahead of the broker's time of its record an event may claim to lie
/// @param fanOut how far one event, or one continuation of it, gets in one go
/// @param records how large records may be
/// @param refusals when refusals are a failure of something else than the input
public record Bounds(Duration maxFuture, FanOut fanOut, RecordLimits records, RefusalLimits refusals) {
    /// What holds unless configured otherwise, on topics as Kafka makes them.
    public static final Bounds USUAL =
            new Bounds(Duration.ofMinutes(5), FanOut.USUAL, RecordLimits.USUAL, RefusalLimits.USUAL);

    public Bounds withMaxFuture(Duration other) {
        return new Bounds(other, fanOut, records, refusals);
    }

    public Bounds withFanOut(FanOut other) {
        return new Bounds(maxFuture, other, records, refusals);
    }

    public Bounds withRefusals(RefusalLimits other) {
        return new Bounds(maxFuture, fanOut, records, other);
    }
}
