package io.keyward.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Up to which time a reader of the outputs knows that all is decided, from the records of the topic `progress`
/// in the order in which it reads them (R33). This is a resolved timestamp, as change feeds have it: a low
/// watermark over the event times of a tenant. For one thread.
///
/// For the reader, a tenant is decided up to `t` when three conditions hold:
/// 1. The progress of every partition has reached `t`.
/// 2. The tenant's own partition has since reported a time at which the reader had already seen that. By then,
///    records from wrong partitions have been rerouted.
/// 3. The reader has read the outputs of the partition up to their ends as of then. To establish this, it takes
///    the [claims][#claims(Instant)], requests the end offsets, open transactions included, reads up to them, and
///    [confirms][#confirm] the claims.
///
/// Partitions report times of the brokers' clock. No clocks are compared: if a record was not there when the
/// reader requested the ends, and reports `d` before it was appended, then `d` is not before that request. So the
/// reader's clock may be wrong, as long as it never jumps: use a monotonic one.
public final class DecidedUpTo {
    /// How many moments are kept for which the tenant's own partition still has to report a later time. They
    /// cover 19 hours, by [#STEPS].
    private static final int MOST = 512;

    /// Moments closer together than this are merged.
    private static final Duration STEP = Duration.ofSeconds(1);

    /// Moments closer together than this fraction of a partition's lag are merged, too.
    private static final int STEPS = 64;

    private final Map<Integer, PartitionProgress> said = new HashMap<>();

    /// The time up to which all partitions were decided, by the moment at which the reader had read it.
    private final NavigableMap<Instant, Instant> byAll = new TreeMap<>();

    /// The time up to which each partition was decided by its last report, on the reader's clock.
    private final Map<Integer, Instant> moments = new HashMap<>();

    private final Map<Integer, Instant> claimed = new HashMap<>();
    private final Map<Integer, Instant> confirmed = new HashMap<>();

    /// When the end offsets were last requested: before any record that is read now was appended.
    private Optional<Instant> asked = Optional.empty();

    private Duration ahead = Duration.ZERO;
    private int partitions;
    private int forgotten;

    /// A record of `progress`.
    ///
    /// @param partitions the number of partitions
    /// @param appended when a broker appended the record, by the broker's clock
    public record PartitionProgress(int partition, int partitions, Instant decidedUpTo, Instant appended) {
        /// The reported time, but never a time later than the record.
        Instant known() {
            return decidedUpTo.isAfter(appended) ? appended : decidedUpTo;
        }
    }

    /// What has been reported and not confirmed yet.
    ///
    /// @param times by partition
    /// @param after how often the reports before it had been discarded
    /// @param asked by the reader's clock, before it requests the ends
    public record Claims(Map<Integer, Instant> times, int after, Instant asked) {
        public Claims {
            times = Map.copyOf(times);
        }
    }

    /// Takes a record. A record that reports an earlier time than the one before it, or a higher partition count,
    /// discards everything known: the processor's state was recovered or moved.
    ///
    /// @param now by the reader's clock
    public void read(PartitionProgress read, Instant now) {
        PartitionProgress before = said.get(read.partition());
        if (read.partitions() != partitions) {
            said.clear();
            partitions = read.partitions();
            forget();
        } else if (before != null && read.decidedUpTo().isBefore(before.decidedUpTo())) {
            forget();
        }
        said.put(read.partition(), read);
        asked.ifPresent(question -> ahead = Duration.between(read.appended(), question));
        if (said.size() == partitions) {
            claim(read, now);
            remember(now);
        }
    }

    /// Before the first ends are reached, a clock that is ahead goes unnoticed: it only makes the claim late.
    private void claim(PartitionProgress read, Instant now) {
        Instant question = asked.orElseGet(() -> now.isBefore(read.appended()) ? now : read.appended());
        Instant moment = question.minus(Duration.between(read.known(), read.appended()));
        Optional.ofNullable(byAll.floorEntry(moment))
                .ifPresent(all -> claimed.merge(read.partition(), all.getValue(), DecidedUpTo::later));
        moments.put(read.partition(), moment);
        if (moments.size() == partitions) {
            Optional.ofNullable(byAll.floorKey(Collections.min(moments.values())))
                    .ifPresent(oldest -> byAll.headMap(oldest, false).clear());
        }
    }

    private void remember(Instant now) {
        Instant all = said.values().stream()
                .map(PartitionProgress::known)
                .min(Instant::compareTo)
                .orElseThrow();
        Map.Entry<Instant, Instant> last = byAll.lastEntry();
        if (last == null
                || (last.getValue().isBefore(all) && !now.isBefore(last.getKey().plus(step(now))))) {
            byAll.put(now, all);
        }
        if (byAll.size() > MOST) {
            byAll.pollFirstEntry();
        }
    }

    private Duration step(Instant now) {
        Duration share = Duration.between(byAll.firstKey(), now).dividedBy(STEPS);
        return share.compareTo(STEP) > 0 ? share : STEP;
    }

    /// Takes a tombstone: the report of the partition is void, and everything known is discarded.
    public void removed(int partition) {
        said.remove(partition);
        forget();
    }

    private void forget() {
        byAll.clear();
        moments.clear();
        claimed.clear();
        confirmed.clear();
        forgotten++;
    }

    /// What can be confirmed once all outputs, and `progress`, have been read up to the end offsets requested
    /// next.
    ///
    /// @param now by the reader's clock
    public Claims claims(Instant now) {
        return new Claims(claimed, forgotten, now);
    }

    /// Confirms that the reader has read everything that existed after it took the claims.
    public void confirm(Claims claims) {
        asked = Optional.of(claims.asked());
        if (claims.after() == forgotten) {
            claims.times().forEach((partition, time) -> confirmed.merge(partition, time, DecidedUpTo::later));
        }
    }

    /// The least by which the reader's clock is ahead of the brokers'; zero or less if that is not known.
    public Duration ahead() {
        return ahead;
    }

    /// The time up to which the tenants of the partition are decided for the reader; empty if it is not known.
    public Optional<Instant> of(int partition) {
        return Optional.ofNullable(confirmed.get(partition));
    }

    /// The same by tenant id.
    public Optional<Instant> of(String tenantId) {
        return partitions == 0 ? Optional.empty() : of(TenantPartitioner.partitionOf(tenantId, partitions));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
