package io.keyward.topology;

import java.time.Duration;
import java.time.Instant;

/// The limits of the flow.
///
/// @param minTime the earliest time that an event may contain
/// @param maxFuture how far the time of an event may be ahead of the broker's timestamp of its record
/// @param fanOut the size of one batch of a fan-out
/// @param records the largest accepted record sizes
/// @param refusals when refusals stop the instance
/// @param cachedBytes the size of the caches of decoded key and tenant rows, in bytes as stored, for all
///     partitions together
/// @param progressInterval how often each task publishes the time up to which it has decided (R33)
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

    /// The default limits, for topics with Kafka's default sizes.
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
