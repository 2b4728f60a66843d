package io.keyward.topology;

import java.time.Duration;

/// The limits of the flow.
///
/// @param maxFuture how far an event's time may be ahead of the broker's time of its record
/// @param fanOut how many environments one event, or one continuation of it, reaches at once
/// @param records the largest accepted sizes of records
/// @param refusals when refusals stop the instance
/// @param cachedBytes how many bytes of rows of keys and tenants are cached in decoded form, in all
///     partitions together, measured as stored
public record Bounds(
        Duration maxFuture, FanOut fanOut, RecordLimits records, RefusalLimits refusals, long cachedBytes) {
    /// A small part of the heap, even if decoded values take several times their stored size. An instance
    /// with only some of the partitions uses only their share.
    public static final long DEFAULT_CACHED_BYTES = Runtime.getRuntime().maxMemory() / 64;

    /// The limits without other settings, on topics with Kafka's defaults.
    public static final Bounds DEFAULT = new Bounds(
            Duration.ofMinutes(5), FanOut.DEFAULT, RecordLimits.DEFAULT, RefusalLimits.DEFAULT, DEFAULT_CACHED_BYTES);

    public Bounds withMaxFuture(Duration other) {
        return new Bounds(other, fanOut, records, refusals, cachedBytes);
    }

    public Bounds withFanOut(FanOut other) {
        return new Bounds(maxFuture, other, records, refusals, cachedBytes);
    }

    public Bounds withRecords(RecordLimits other) {
        return new Bounds(maxFuture, fanOut, other, refusals, cachedBytes);
    }

    public Bounds withRefusals(RefusalLimits other) {
        return new Bounds(maxFuture, fanOut, records, other, cachedBytes);
    }

    public Bounds withCachedBytes(long other) {
        return new Bounds(maxFuture, fanOut, records, refusals, other);
    }
}
