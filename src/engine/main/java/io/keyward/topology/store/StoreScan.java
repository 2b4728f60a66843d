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

/// One pass over each partition whose last one is missing or old, for all readers at once.
///
/// After some rows it rests, nineteen times as long as these rows took: reading takes at most 5 % of the time, however
/// many environments there are and however busy the machine is. Where readers must not wait that long, a pass has a
/// time limit: the closer it comes, the shorter are the rests, and after it there are none.
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

    /// @param period from one pass over a partition to the next, where there is time for it
    /// @param limit how long a pass over all partitions may rest; empty for as long as it takes
    record Pace(Duration period, Optional<Duration> limit) {
        /// How long to rest after some work.
        ///
        /// @param elapsed since the pass began
        Duration restAfter(Duration work, Duration elapsed) {
            double share = limit.map(max -> Math.max(0, 1 - (double) elapsed.toNanos() / max.toNanos()))
                    .orElse(1.0);
            return Duration.ofNanos((long) (work.toNanos() * REST_PER_WORK * share));
        }
    }

    /// Leaves the machine to the stream threads.
    interface Rest {
        /// Returns false when the work is to be broken off.
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

    /// A partition may go elsewhere, or its store be closed, at any moment; it is read where it is next.
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

    /// Says it once, and again only after a partition has been read; the age of the counts tells the rest.
    private void report(int partition, RuntimeException failure) {
        if (!failing && stores.partitions().contains(partition)) {
            failing = true;
            LOG.warn(
                    "The environments of partition {} could not be counted; their last count stays, and so does the"
                            + " list of their keys: {}",
                    partition,
                    failure.toString());
        }
    }
}
