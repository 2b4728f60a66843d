package io.keyward.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Up to when a reader of the outputs knows what is decided, by the records of the topic `progress` as it reads
/// them (R33). For one thread.
///
/// A tenant is decided up to `t` for the reader once all partitions have said so; once the tenant's own
/// partition has said that it is decided up to a moment at which the reader had read that, because what lay on
/// a wrong partition has been handed on by then; and once the reader has read the outputs of the partition up
/// to where they ended after that. For the last, the reader takes the [claims][#claims(Instant)], asks where these
/// outputs end, open transactions included, reads to there, and [confirms][#confirm] the claims.
///
/// What partitions say is in the brokers' time. Which of it is before a moment of the reader is known without
/// comparing clocks: a record that the reader did not have when it asked for the ends, and that speaks of `d` before
/// it was appended, speaks of `d` before that question, or later. So the reader's clock may show anything, as long as
/// it does not jump: use one that is steady.
public final class DecidedUpTo {
    /// How many moments are remembered of which the own partition has to say that it is decided up to them. They
    /// cover 19 hours, by [#STEPS].
    private static final int MOST = 512;

    /// One moment in that time is enough.
    private static final Duration STEP = Duration.ofSeconds(1);

    /// Nor do moments have to be closer than that part of what a partition is behind.
    private static final int STEPS = 64;

    private final Map<Integer, PartitionProgress> said = new HashMap<>();

    /// Up to when all partitions were decided, by the moments at which the reader had read that.
    private final NavigableMap<Instant, Instant> byAll = new TreeMap<>();

    /// Up to where each partition was decided when it spoke last, by the reader's clock.
    private final Map<Integer, Instant> moments = new HashMap<>();

    private final Map<Integer, Instant> claimed = new HashMap<>();
    private final Map<Integer, Instant> confirmed = new HashMap<>();

    /// Before whatever is read now was appended.
    private Optional<Instant> asked = Optional.empty();

    private Duration ahead = Duration.ZERO;
    private int partitions;
    private int forgotten;

    /// A record of `progress`.
    ///
    /// @param partitions how many there are
    /// @param appended when a broker got the record, by the broker's clock
    public record PartitionProgress(int partition, int partitions, Instant decidedUpTo, Instant appended) {
        /// What is known at most: nothing of a time that had not come.
        Instant known() {
            return decidedUpTo.isAfter(appended) ? appended : decidedUpTo;
        }
    }

    /// What is said and not confirmed yet.
    ///
    /// @param times by partition
    /// @param after how often was forgotten what had been said before
    /// @param asked by the reader's clock, before it asks for the ends
    public record Claims(Map<Integer, Instant> times, int after, Instant asked) {
        public Claims {
            times = Map.copyOf(times);
        }
    }

    /// Takes a record. One that says less than the one before it, or that there are more partitions, makes
    /// forget all that was known: the state of the processor was recovered, or moved.
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

    /// Before the first ends are reached, a clock that is ahead is not noticed: it makes the claim late.
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

    /// Takes a tombstone: what the partition said holds no more, and all that was known is forgotten.
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

    /// What can be confirmed once all outputs, and `progress`, have been read up to the ends that are asked for next.
    ///
    /// @param now by the reader's clock
    public Claims claims(Instant now) {
        return new Claims(claimed, forgotten, now);
    }

    /// The reader has read all that was there after it took the claims.
    public void confirm(Claims claims) {
        asked = Optional.of(claims.asked());
        if (claims.after() == forgotten) {
            claims.times().forEach((partition, time) -> confirmed.merge(partition, time, DecidedUpTo::later));
        }
    }

    /// By how much the reader's clock is ahead of the brokers', at least; zero or less if that is not known.
    public Duration ahead() {
        return ahead;
    }

    /// Up to when the tenants of the partition are decided for the reader; empty if that is not known.
    public Optional<Instant> of(int partition) {
        return Optional.ofNullable(confirmed.get(partition));
    }

    /// The same by the tenant's name.
    public Optional<Instant> of(String tenantId) {
        return partitions == 0 ? Optional.empty() : of(TenantPartitioner.partitionOf(tenantId, partitions));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
