package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.TenantState;
import io.keyward.topology.store.ActiveStores;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rounds over stores that come, go and fail; time passes only where it is said.
class CensusRoundTest {
    private static final Duration PER_ROW = Duration.ofNanos(5_000);

    private final Stores stores = new Stores();
    private final CensusSnapshot board = new CensusSnapshot(stores::partitions, Set.of(), () -> stores.nanos);
    private final List<Duration> rests = new ArrayList<>();
    private boolean mayGoOn = true;
    private final CensusRound round = new CensusRound(
            stores, board, InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z")), () -> stores.nanos, time -> {
                rests.add(time);
                stores.nanos += time.toNanos();
                return mayGoOn;
            });

    @Test
    void thePartitionsAddUp() throws InterruptedException {
        stores.hold(0, 3);
        stores.hold(1, 4);
        round.take();
        assertThat(environments()).isEqualTo(7);
    }

    @Test
    void whatIsDeletedCountsNoMoreAfterTheNextCount() throws InterruptedException {
        stores.hold(0, 3);
        round.take();
        stores.hold(0, 1);
        pass(CensusRound.PERIOD);
        round.take();
        assertThat(environments()).isEqualTo(1);
    }

    @Test
    void aPartitionThatGoesElsewhereCountsHereNoMoreFromThatMomentOn() throws InterruptedException {
        stores.hold(0, 3);
        stores.hold(1, 4);
        round.take();
        stores.lose(1);
        assertThat(environments()).isEqualTo(3);
    }

    @Test
    void aPartitionThatComesBackIsCountedAnew() throws InterruptedException {
        stores.hold(0, 3);
        round.take();
        stores.lose(0);
        round.take();
        stores.hold(0, 5);
        assertThat(board.total()).isEmpty();
        round.take();
        assertThat(environments()).isEqualTo(5);
    }

    @Test
    void whatHasNotBeenCountedYetIsUnknownAndNotZero() throws InterruptedException {
        assertThat(series()).isEmpty();
        stores.hold(0, 3);
        stores.restoring = true;
        round.take();
        assertThat(series()).containsExactly("keyward_census_age_seconds");
        stores.restoring = false;
        round.take();
        assertThat(series())
                .contains(
                        "keyward_environments",
                        "keyward_environments_deletion_due",
                        "keyward_warnings_open",
                        "keyward_slots",
                        "keyward_tenants_at_limit");
    }

    @Test
    void whatIsCountedIsTheLeastThereIsWhileAnotherPartitionIsNotCountedYet() throws InterruptedException {
        stores.hold(0, 3);
        round.take();
        stores.hold(1, 4);
        assertThat(environments()).isEqualTo(3);
        round.take();
        assertThat(environments()).isEqualTo(7);
    }

    @Test
    void aCountedPartitionWithoutEnvironmentsHoldsZero() throws InterruptedException {
        stores.hold(0, 0);
        round.take();
        assertThat(environments()).isZero();
    }

    @Test
    void aPartitionThatIsBeingRestoredCountsOnceItCanBeReadAndAgesUntilThen() throws InterruptedException {
        stores.hold(0, 3);
        stores.restoring = true;
        round.take();
        pass(Duration.ofMinutes(2));
        round.take();
        assertThat(board.total()).isEmpty();
        assertThat(board.age()).contains(Duration.ofMinutes(2));
        stores.restoring = false;
        round.take();
        assertThat(environments()).isEqualTo(3);
        assertThat(board.age().orElseThrow()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aCountThatFailsLeavesTheLastOneWhichAges() throws InterruptedException {
        stores.hold(0, 3);
        round.take();
        stores.hold(0, 5);
        stores.failing = true;
        pass(Duration.ofMinutes(1));
        round.take();
        assertThat(environments()).isEqualTo(3);
        assertThat(board.age().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        stores.failing = false;
        round.take();
        assertThat(environments()).isEqualTo(5);
    }

    @Test
    void aFreshCountIsNotTakenAgain() throws InterruptedException {
        stores.hold(0, 3);
        round.take();
        round.take();
        pass(CensusRound.PERIOD);
        round.take();
        assertThat(stores.counted).isEqualTo(2);
    }

    @Test
    void atMostATwentiethOfTheTimeGoesIntoCounting() throws InterruptedException {
        stores.hold(0, 10 * CensusRound.ROWS_BETWEEN_RESTS);
        round.take();
        Duration work = PER_ROW.multipliedBy(CensusRound.ROWS_BETWEEN_RESTS);
        assertThat(rests).hasSize(10).containsOnly(work.multipliedBy(19));
    }

    @Test
    void whatIsBrokenOffCountsNothingAndLeavesNothingOpen() throws InterruptedException {
        stores.hold(0, 10 * CensusRound.ROWS_BETWEEN_RESTS);
        mayGoOn = false;
        round.take();
        assertThat(rests).hasSize(1);
        assertThat(board.total()).isEmpty();
        assertThat(stores.closed).isEqualTo(stores.opened);
    }

    @Test
    void anInstanceWithoutPartitionsCountsNothingAndNothingAges() throws InterruptedException {
        round.take();
        pass(Duration.ofHours(1));
        assertThat(board.total()).isEmpty();
        assertThat(board.age()).isEmpty();
    }

    private long environments() {
        return board.total().orElseThrow().of(CensusSeries.ENVIRONMENTS).get("LOCKED");
    }

    private Stream<String> series() {
        return new CensusCollector(board)
                .collect().stream().map(MetricSnapshot::getMetadata).map(MetricMetadata::getName);
    }

    private void pass(Duration time) {
        stores.nanos += time.toNanos();
    }

    /// As many locked environments in each partition as a test says.
    private static final class Stores implements ActiveStores {
        private final Map<Integer, Integer> environments = new TreeMap<>();
        private long nanos = -1_000_000;
        private boolean restoring;
        private boolean failing;
        private int counted;
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
        public Optional<ValueIterator<EnvironmentState>> environments(int partition) {
            if (restoring) {
                return Optional.empty();
            }
            counted++;
            EnvironmentState locked = CensusTest.decided(EncryptionState.LOCKED, Optional.empty());
            return Optional.of(rows(
                    Collections.nCopies(environments.get(partition), locked).iterator()));
        }

        @Override
        public Optional<ValueIterator<TenantState>> tenants(int partition) {
            return Optional.of(rows(Collections.emptyIterator()));
        }

        private <T> ValueIterator<T> rows(Iterator<T> rows) {
            opened++;
            return new ValueIterator<>() {
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

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }
}
