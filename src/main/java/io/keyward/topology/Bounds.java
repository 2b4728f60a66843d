package io.keyward.topology;

import java.time.Duration;

/// How much of something the flow takes before it does it otherwise.
///
/// @param maxFuture how far ahead of the broker's time of its record an event may claim to lie
/// @param fanOut how far one event, or one continuation of it, gets in one go
/// @param records how large records may be
/// @param refusals when refusals are a failure of something else than the input
/// @param cachedBytes how much of the rows of keys and tenants, of all partitions together, is kept decoded, in bytes
///     as they are stored
public record Bounds(
        Duration maxFuture, FanOut fanOut, RecordLimits records, RefusalLimits refusals, long cachedBytes) {
    /// A part of the heap that is small even where decoded values take several times as much; an instance that has
    /// some of the partitions takes only their part.
    public static final long DEFAULT_CACHED_BYTES = Runtime.getRuntime().maxMemory() / 64;

    /// What holds unless configured otherwise, on topics as Kafka makes them.
    public static final Bounds DEFAULT = new Bounds(
            Duration.ofMinutes(5), FanOut.DEFAULT, RecordLimits.DEFAULT, RefusalLimits.DEFAULT, DEFAULT_CACHED_BYTES);

    public Bounds withMaxFuture(Duration other) {
        return new Bounds(other, fanOut, records, refusals, cachedBytes);
    }

    public Bounds withFanOut(FanOut other) {
        return new Bounds(maxFuture, other, records, refusals, cachedBytes);
    }

    public Bounds withRefusals(RefusalLimits other) {
        return new Bounds(maxFuture, fanOut, records, other, cachedBytes);
    }

    public Bounds withCachedBytes(long other) {
        return new Bounds(maxFuture, fanOut, records, refusals, other);
    }
}
