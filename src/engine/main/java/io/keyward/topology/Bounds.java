package io.keyward.topology;

import java.time.Duration;
import java.time.Instant;

/// The limits of the flow.
///
/// @param minTime the earliest time that an event may state
/// @param maxFuture how far an event's time may be ahead of the broker's time of its record
/// @param fanOut how many environments one event, or one continuation of it, reaches at once
/// @param records the largest accepted sizes of records
/// @param refusals when refusals stop the instance
/// @param cachedBytes how many bytes of rows of keys and tenants are cached in decoded form, in all
///     partitions together, measured as stored
/// @param progressInterval how often each task says up to when it has decided (R33)
public record Bounds(
        Instant minTime,
        Duration maxFuture,
        FanOutLimits fanOut,
        RecordLimits records,
        RefusalLimits refusals,
        long cachedBytes,
        Duration progressInterval) {
    /// A small part of the heap, even if decoded values take several times their stored size. An instance
    /// with only some of the partitions uses only their share.
    public static final long DEFAULT_CACHED_BYTES = Runtime.getRuntime().maxMemory() / 64;

    /// The limits without other settings, on topics with Kafka's defaults.
    public static final Bounds DEFAULT = new Bounds(
            Instant.parse("2015-01-01T00:00:00Z"),
            Duration.ofMinutes(5),
            FanOutLimits.DEFAULT,
            RecordLimits.DEFAULT,
            RefusalLimits.DEFAULT,
            DEFAULT_CACHED_BYTES,
            Duration.ofSeconds(5));

    public Bounds withFanOut(FanOutLimits other) {
        return new Bounds(minTime, maxFuture, other, records, refusals, cachedBytes, progressInterval);
    }

    public Bounds withRecords(RecordLimits other) {
        return new Bounds(minTime, maxFuture, fanOut, other, refusals, cachedBytes, progressInterval);
    }

    public Bounds withRefusals(RefusalLimits other) {
        return new Bounds(minTime, maxFuture, fanOut, records, other, cachedBytes, progressInterval);
    }
}
