package io.keyward.ops.metrics;

import io.keyward.topology.store.ActiveStores;
import io.keyward.topology.store.ActiveStores.ValueIterator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts each partition whose count is missing or old, and rests so often that it takes at most a twentieth of the
/// time: the more environments there are, the older the counts become, and the busier a machine is no more than that.
final class CensusRound {
    /// How old a count becomes before the next one, where there is time for it.
    static final Duration PERIOD = Duration.ofSeconds(10);

    static final int ROWS_BETWEEN_RESTS = 200;
    static final int REST_PER_WORK = 19;

    private static final Logger LOG = LoggerFactory.getLogger(CensusRound.class);

    private final ActiveStores stores;
    private final CensusSnapshot board;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Rest rest;
    private boolean failing;

    CensusRound(ActiveStores stores, CensusSnapshot board, InstantSource clock, LongSupplier nanoTime, Rest rest) {
        this.stores = stores;
        this.board = board;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    /// Leaves the machine to the stream threads.
    interface Rest {
        /// Returns false when the work is to be broken off.
        boolean rest(Duration time) throws InterruptedException;
    }

    void take() throws InterruptedException {
        Set<Integer> partitions = stores.partitions();
        board.retain(partitions);
        for (int partition : partitions) {
            if (board.isDue(partition, PERIOD)) {
                count(partition);
            }
        }
    }

    /// A partition may go elsewhere, or its store be closed, at any moment; it is counted where it is next.
    private void count(int partition) throws InterruptedException {
        long asOf = nanoTime.getAsLong();
        Instant now = clock.instant();
        Census census = board.empty();
        try {
            if (each(stores.environments(partition), environment -> census.add(environment, now))
                    && each(stores.tenants(partition), census::add)) {
                board.put(partition, census, asOf);
                failing = false;
            }
        } catch (RuntimeException failure) {
            report(partition, failure);
        }
    }

    /// Returns whether all rows have been seen.
    private <T> boolean each(Optional<ValueIterator<T>> found, Consumer<T> count) throws InterruptedException {
        if (found.isEmpty()) {
            return false;
        }
        try (ValueIterator<T> rows = found.get()) {
            long began = nanoTime.getAsLong();
            for (int seen = 1; rows.hasNext(); seen++) {
                count.accept(rows.next());
                if (seen % ROWS_BETWEEN_RESTS == 0) {
                    if (!rest.rest(Duration.ofNanos((nanoTime.getAsLong() - began) * REST_PER_WORK))) {
                        return false;
                    }
                    began = nanoTime.getAsLong();
                }
            }
            return true;
        }
    }

    /// Says it once, and again only after a count has succeeded; the age of the counts tells the rest.
    private void report(int partition, RuntimeException failure) {
        if (!failing && stores.partitions().contains(partition)) {
            failing = true;
            LOG.warn(
                    "The environments of partition {} could not be counted; their last count stays: {}",
                    partition,
                    failure.toString());
        }
    }
}
