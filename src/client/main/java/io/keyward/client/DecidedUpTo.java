package io.keyward.client;

import java.time.Duration;
import java.time.Instant;
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
/// to where they ended after that. For the last, the reader takes the [#claims()], asks where these outputs
/// end, open transactions included, reads to there, and [confirms][#confirm] the claims.
///
/// The clocks of the processor and of the reader may differ by the second that the processor takes off
/// what it says.
public final class DecidedUpTo {
    /// How many moments are remembered of which the own partition has to say that it is decided up to them.
    private static final int MOST = 128;

    /// One moment in that time is enough. Together they cover more than the age that an answer may have.
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Map<Integer, Instant> said = new HashMap<>();

    /// Up to when all partitions were decided, by the moments at which the reader had read that.
    private final NavigableMap<Instant, Instant> byAll = new TreeMap<>();

    private final Map<Integer, Instant> claimed = new HashMap<>();
    private final Map<Integer, Instant> confirmed = new HashMap<>();
    private int partitions;
    private int forgotten;

    /// What is said and not confirmed yet.
    ///
    /// @param times by partition
    /// @param after how often was forgotten what had been said before
    public record Claims(Map<Integer, Instant> times, int after) {
        public Claims {
            times = Map.copyOf(times);
        }
    }

    /// Takes a record. One that says less than the one before it, or that there are more partitions, makes
    /// forget all that was known: the state of the processor was recovered, or moved.
    ///
    /// @param partitions how many there are
    /// @param now the time of the reader
    public void read(int partition, int partitions, Instant decidedUpTo, Instant now) {
        Instant before = said.get(partition);
        if (partitions != this.partitions) {
            said.clear();
            this.partitions = partitions;
            forget();
        } else if (before != null && decidedUpTo.isBefore(before)) {
            forget();
        }
        said.put(partition, decidedUpTo);
        if (said.size() == partitions) {
            Optional.ofNullable(byAll.floorEntry(decidedUpTo))
                    .ifPresent(all -> claimed.merge(partition, all.getValue(), DecidedUpTo::later));
            Instant all = said.values().stream().min(Instant::compareTo).orElseThrow();
            Map.Entry<Instant, Instant> last = byAll.lastEntry();
            if (last == null
                    || (last.getValue().isBefore(all)
                            && Duration.between(last.getKey(), now).abs().compareTo(STEP) >= 0)) {
                byAll.put(now, all);
            }
            if (byAll.size() > MOST) {
                byAll.pollFirstEntry();
            }
        }
    }

    /// Takes a tombstone: what the partition said holds no more, and all that was known is forgotten.
    public void removed(int partition) {
        said.remove(partition);
        forget();
    }

    private void forget() {
        byAll.clear();
        claimed.clear();
        confirmed.clear();
        forgotten++;
    }

    /// What can be confirmed once all outputs have been read that are there now.
    public Claims claims() {
        return new Claims(claimed, forgotten);
    }

    /// The reader has read all outputs that were there after it took the claims.
    public void confirm(Claims claims) {
        if (claims.after() == forgotten) {
            claims.times().forEach((partition, time) -> confirmed.merge(partition, time, DecidedUpTo::later));
        }
    }

    /// Up to when the tenants of the partition are decided for the reader; empty if that is not known.
    public Optional<Instant> of(int partition) {
        return Optional.ofNullable(confirmed.get(partition));
    }

    /// The same by the tenant's name.
    public Optional<Instant> of(String tenantId) {
        return partitions == 0 ? Optional.empty() : of(TenantPartitioner.home(tenantId, partitions));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
