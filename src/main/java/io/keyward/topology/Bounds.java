package io.keyward.topology;

import java.time.Duration;

/// How much of something the flow takes before it does it otherwise.
///
/// @param maxFuture how far ahead of the broker's time of its record an event may claim to lie
/// @param fanOut how many environments one event, or one continuation of it, reaches at most in one transaction
/// @param records how large records may be
public record Bounds(Duration maxFuture, int fanOut, RecordLimits records) {
    /// Few enough for a transaction of a second, many enough that hardly any key needs a continuation.
    public static final int DEFAULT_FAN_OUT = 5_000;

    /// What holds unless configured otherwise, on topics as Kafka makes them.
    public static final Bounds USUAL = new Bounds(Duration.ofMinutes(5), DEFAULT_FAN_OUT, RecordLimits.USUAL);

    public Bounds withMaxFuture(Duration other) {
        return new Bounds(other, fanOut, records);
    }

    public Bounds withFanOut(int other) {
        return new Bounds(maxFuture, other, records);
    }

    public Bounds withRecords(RecordLimits other) {
        return new Bounds(maxFuture, fanOut, other);
    }
}
