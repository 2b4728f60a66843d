package io.keyward.topology.store;

import io.keyward.topology.store.StoreReader.PartitionReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One pass over each partition whose last read is missing or old, for all readers at once.
///
/// After every [#ROWS_BETWEEN_RESTS] rows it rests, nineteen times as long as these rows took. So reading
/// takes at most 5 % of the time, however many environments there are and however busy the machine is. If
/// readers must not wait that long, a pass has a time limit: the rests become shorter as the limit
/// approaches, and stop after it.
final class StoreScan {
    static final int ROWS_BETWEEN_RESTS = 200;
    static final int REST_PER_WORK = 19;

    private static final Logger LOG = LoggerFactory.getLogger(StoreScan.class);

    private final ActiveStores stores;
    private final List<StoreReader> readers;
    private final Pace pace;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Rest rest;
    private final Map<Integer, Long> readAt = new HashMap<>();
    private boolean failing;

    StoreScan(
            ActiveStores stores,
            List<StoreReader> readers,
            Pace pace,
            InstantSource clock,
            LongSupplier nanoTime,
            Rest rest) {
        this.stores = stores;
        this.readers = List.copyOf(readers);
        this.pace = pace;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    /// @param period the time from one read of a partition to the next, if the rests allow it
    /// @param limit the time within which a pass over all partitions may rest; empty for no limit
    record Pace(Duration period, Optional<Duration> limit) {
        /// How long to rest after some work.
        ///
        /// @param elapsed the time since the start of the pass
        Duration restAfter(Duration work, Duration elapsed) {
            double share = limit.map(max -> Math.max(0, 1 - (double) elapsed.toNanos() / max.toNanos()))
                    .orElse(1.0);
            return Duration.ofNanos((long) (work.toNanos() * REST_PER_WORK * share));
        }
    }

    /// Leaves the CPU to the stream threads.
    interface Rest {
        /// Returns false if the pass must be aborted.
        boolean rest(Duration time) throws InterruptedException;
    }

    void run() throws InterruptedException {
        long began = nanoTime.getAsLong();
        Set<Integer> partitions = stores.partitions();
        readers.forEach(reader -> reader.serving(partitions));
        readAt.keySet().retainAll(partitions);
        for (int partition : partitions) {
            Long last = readAt.get(partition);
            if (last == null || nanoTime.getAsLong() - last >= pace.period().toNanos()) {
                read(partition, began);
            }
        }
    }

    /// A partition may be revoked, or its store closed, at any moment; its next owner reads it.
    private void read(int partition, long began) throws InterruptedException {
        long asOf = nanoTime.getAsLong();
        Instant now = clock.instant();
        List<PartitionReader> open =
                readers.stream().map(reader -> reader.begin(partition, now)).toList();
        try {
            if (each(stores.environments(partition), row -> open.forEach(reader -> reader.environment(row)), began)
                    && each(stores.tenants(partition), row -> open.forEach(reader -> reader.tenant(row)), began)) {
                open.forEach(PartitionReader::complete);
                readAt.put(partition, asOf);
                failing = false;
            }
        } catch (RuntimeException failure) {
            report(partition, failure);
        }
    }

    /// Returns whether all rows have been seen.
    private <T> boolean each(Optional<Stream<T>> found, Consumer<T> reader, long passBegan)
            throws InterruptedException {
        if (found.isEmpty()) {
            return false;
        }
        try (Stream<T> stream = found.get()) {
            Iterator<T> rows = stream.iterator();
            long began = nanoTime.getAsLong();
            for (int seen = 1; rows.hasNext(); seen++) {
                reader.accept(rows.next());
                if (seen % ROWS_BETWEEN_RESTS == 0) {
                    if (!rest.rest(pace.restAfter(since(began), since(passBegan)))) {
                        return false;
                    }
                    began = nanoTime.getAsLong();
                }
            }
            return true;
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    /// Logs the first failure, and the next one only after a successful read; the age of the counts
    /// shows the rest.
    private void report(int partition, RuntimeException failure) {
        if (!failing && stores.partitions().contains(partition)) {
            failing = true;
            LOG.warn(
                    "The environments of partition {} could not be counted; the last counts and the last list of keys"
                            + " are kept: {}",
                    partition,
                    failure.toString());
        }
    }
}
