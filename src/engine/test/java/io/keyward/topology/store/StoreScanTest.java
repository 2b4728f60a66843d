package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Scans of stores that come, go and fail; time passes only where a test advances it.
class StoreScanTest {
    private static final Duration PER_ROW = Duration.ofNanos(5_000);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stores stores = new Stores();
    private final Counts counts = new Counts();
    private final List<Duration> rests = new ArrayList<>();
    private boolean mayGoOn = true;
    private final StoreScan scan = scan(Optional.empty());

    @Test
    void everyReaderSeesEveryRow() throws InterruptedException {
        stores.hold(0, 3);
        stores.hold(1, 4);
        Counts others = new Counts();
        scan(Optional.empty(), counts, others).run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 3, 1, 4)).isEqualTo(others.complete);
    }

    @Test
    void aPartitionIsReadAgainOnceItsPeriodHasPassed() throws InterruptedException {
        stores.hold(0, 3);
        scan.run();
        stores.hold(0, 1);
        scan.run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 3));
        pass(PERIOD);
        scan.run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 1));
    }

    @Test
    void readersReceiveThePartitions() throws InterruptedException {
        stores.hold(0, 3);
        stores.hold(1, 4);
        scan.run();
        stores.lose(1);
        scan.run();
        assertThat(counts.serving).containsExactly(Set.of(0, 1), Set.of(0));
    }

    @Test
    void aPartitionThatComesBackIsReadAtOnce() throws InterruptedException {
        stores.hold(0, 3);
        scan.run();
        stores.lose(0);
        scan.run();
        stores.hold(0, 5);
        scan.run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 5));
    }

    @Test
    void aPartitionThatIsBeingRestoredIsReadAsSoonAsItCanBe() throws InterruptedException {
        stores.hold(0, 3);
        stores.restoring = true;
        scan.run();
        assertThat(counts.complete).isEmpty();
        stores.restoring = false;
        scan.run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 3));
    }

    @Test
    void aReadThatFailsIsNotCompleteAndIsTriedAgain() throws InterruptedException {
        stores.hold(0, 3);
        stores.failing = true;
        scan.run();
        assertThat(counts.complete).isEmpty();
        stores.failing = false;
        scan.run();
        assertThat(counts.complete).isEqualTo(Map.of(0, 3));
    }

    @Test
    void atMostATwentiethOfTheTimeGoesIntoReading() throws InterruptedException {
        stores.hold(0, 10 * StoreScan.ROWS_BETWEEN_RESTS);
        scan.run();
        Duration work = PER_ROW.multipliedBy(StoreScan.ROWS_BETWEEN_RESTS);
        assertThat(rests).hasSize(10).containsOnly(work.multipliedBy(19));
    }

    @Test
    void withALimitRestsBecomeShorterUntilThereAreNone() {
        StoreScan.Pace pace = new StoreScan.Pace(PERIOD, Optional.of(LIMIT));
        Duration work = Duration.ofMillis(1);
        assertThat(pace.restAfter(work, Duration.ZERO)).isEqualTo(work.multipliedBy(19));
        assertThat(pace.restAfter(work, LIMIT.dividedBy(2)))
                .isEqualTo(work.multipliedBy(19).dividedBy(2));
        assertThat(pace.restAfter(work, LIMIT)).isZero();
        assertThat(pace.restAfter(work, LIMIT.multipliedBy(2))).isZero();
    }

    /// What changes just after its row was read is seen when the next pass has read the partition.
    @Test
    void aChangeIsSeenWithinTwiceTheLimitHoweverManyEnvironmentsThereAre() throws InterruptedException {
        assertThat(longestUnseen(Optional.empty())).isGreaterThan(LIMIT.multipliedBy(2));
        assertThat(longestUnseen(Optional.of(LIMIT))).isLessThan(LIMIT.multipliedBy(2));
    }

    /// The longest time that a row which changes is not seen, in scans of 600,000 rows that take 3 s of work.
    private Duration longestUnseen(Optional<Duration> limit) throws InterruptedException {
        for (int partition = 0; partition < 6; partition++) {
            stores.hold(partition, 100_000);
        }
        Counts seen = new Counts();
        StoreScan paced = scan(limit, seen);
        for (int i = 0; i < 4; i++) {
            paced.run();
            pass(Duration.ofSeconds(1));
        }
        assertThat(seen.longestUnseen).isPositive();
        return Duration.ofNanos(seen.longestUnseen);
    }

    @Test
    void whatIsBrokenOffIsNotCompleteAndLeavesNothingOpen() throws InterruptedException {
        stores.hold(0, 10 * StoreScan.ROWS_BETWEEN_RESTS);
        mayGoOn = false;
        scan.run();
        assertThat(rests).hasSize(1);
        assertThat(counts.complete).isEmpty();
        assertThat(stores.closed).isEqualTo(stores.opened);
    }

    private StoreScan scan(Optional<Duration> limit) {
        return scan(limit, counts);
    }

    private StoreScan scan(Optional<Duration> limit, StoreReader... readers) {
        return new StoreScan(
                stores,
                List.of(readers),
                new StoreScan.Pace(PERIOD, limit),
                InstantSource.fixed(Instant.EPOCH),
                () -> stores.nanos,
                time -> {
                    rests.add(time);
                    stores.nanos += time.toNanos();
                    return mayGoOn;
                });
    }

    private void pass(Duration time) {
        stores.nanos += time.toNanos();
    }

    /// How many environments there were in each partition that was read to its end.
    private final class Counts implements StoreReader {
        private final Map<Integer, Integer> complete = new HashMap<>();
        private final List<Set<Integer>> serving = new ArrayList<>();
        private final Map<Integer, Long> lastStart = new HashMap<>();
        private long longestUnseen;

        @Override
        public void serving(Set<Integer> partitions) {
            serving.add(partitions);
        }

        @Override
        public PartitionReader begin(int partition, Instant now) {
            long start = stores.nanos;
            return new PartitionReader() {
                private int count;

                @Override
                public void environment(StoredEnvironment environment) {
                    count++;
                }

                @Override
                public void tenant(TenantState tenant) {
                    throw new AssertionError("there are none");
                }

                @Override
                public void complete() {
                    complete.put(partition, count);
                    Long before = lastStart.put(partition, start);
                    longestUnseen = Math.max(longestUnseen, before == null ? 0 : stores.nanos - before);
                }
            };
        }
    }

    /// The number of environments in each partition that a test sets.
    private static final class Stores implements ActiveStores {
        private static final StoredEnvironment ENVIRONMENT =
                new StoredEnvironment(new TenantId("contoso"), EnvironmentState.NONE);

        private final Map<Integer, Integer> environments = new TreeMap<>();
        private long nanos = -1_000_000;
        private boolean restoring;
        private boolean failing;
        private int opened;
        private int closed;

        void hold(int partition, int count) {
            environments.put(partition, count);
        }

        void lose(int partition) {
            environments.remove(partition);
        }

        @Override
        public Set<Integer> partitions() {
            return Set.copyOf(environments.keySet());
        }

        @Override
        public Optional<Stream<StoredEnvironment>> environments(int partition) {
            return restoring
                    ? Optional.empty()
                    : Optional.of(rows(Collections.nCopies(environments.get(partition), ENVIRONMENT)
                            .iterator()));
        }

        @Override
        public Optional<Stream<TenantState>> tenants(int partition) {
            return Optional.of(rows(Collections.emptyIterator()));
        }

        @Override
        public KeyFacts keyFacts(int partition, TenantId tenant, KeyId key) {
            return KeyFacts.NONE;
        }

        @Override
        public Map<TopicPartition, Long> processedOffsets() {
            return Map.of();
        }

        private <T> Stream<T> rows(Iterator<T> rows) {
            opened++;
            Iterator<T> timed = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (failing) {
                        throw new IllegalStateException("the store was closed");
                    }
                    return rows.hasNext();
                }

                @Override
                public T next() {
                    nanos += PER_ROW.toNanos();
                    return rows.next();
                }
            };
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(timed, 0), false)
                    .onClose(() -> closed++);
        }
    }
}
