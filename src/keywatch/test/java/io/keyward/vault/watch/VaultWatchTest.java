package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.client.Coordinates;
import io.keyward.config.Configured;
import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.KeyVault;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Tests the thread of the watch with the real clock.
class VaultWatchTest {
    private static final KeywardConfig FAST = VirtualWeeksTest.DEFAULT
            .with(VaultSettings.PERIOD, Duration.ofMillis(20))
            .with(VaultSettings.DEEP_EVERY, 1)
            .with(VaultSettings.REFRESH, Duration.ofMillis(20))
            .with(VaultSettings.CONFIRM_INTERVAL, Duration.ofMillis(10))
            .with(VaultSettings.GRACE, Duration.ZERO)
            .with(VaultSettings.QUOTA_PERCENT, 50)
            .with(VaultSettings.CONCURRENCY, 4)
            .with(VaultSettings.BREAK_PAUSE, Duration.ofMillis(20))
            .with(VaultSettings.BREAK_MAX_PAUSE, Duration.ofMillis(20))
            .with(VaultSettings.EXPIRY_DAYS, List.of(30));

    private final Queue<Event.OfKey> published = new ConcurrentLinkedQueue<>();
    private final Queue<ProbeOutcome> observed = new ConcurrentLinkedQueue<>();
    private final Queue<WatchReport> reported = new ConcurrentLinkedQueue<>();

    @Test
    void whatIsFoundIsPublished() {
        try (VaultWatch watch = watch((_, _) -> found(ProbeOutcome.USABLE, "v1"), () -> KeyFacts.NONE)) {
            watch.start();
            await().until(() -> !published.isEmpty());
            assertThat(published.peek()).isInstanceOf(Event.KeyRotated.class);
            assertThat(watch.ended()).isNotDone();
        }
    }

    @Test
    void howWellAKeyIsWatchedIsPublishedUntilItArrives() {
        CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
        KeyVault slow = (_, _) -> answer.join();
        try (VaultWatch watch = watch(slow, () -> KeyFacts.NONE)) {
            watch.start();
            await().until(() -> reported.size() == 2);
            assertThat(reported)
                    .allSatisfy(report ->
                            assertThat(report.status().orElseThrow().state()).isEqualTo(WatchState.WAITING));
            answer.complete(found(ProbeOutcome.USABLE, "v1"));
            await().until(() -> reported.size() == 3);
            assertThat(reported)
                    .last()
                    .satisfies(report ->
                            assertThat(report.status().orElseThrow().state()).isEqualTo(WatchState.WATCHED));
        }
    }

    @Test
    void aProbeThatFailsItselfSaysNothingOfTheKey() {
        KeyVault broken = (_, _) -> {
            throw new IllegalStateException("broken");
        };
        try (VaultWatch watch = watch(broken, () -> KeyFacts.NONE)) {
            watch.start();
            await().until(() -> observed.size() >= 5);
            assertThat(observed).containsOnly(ProbeOutcome.UNAVAILABLE);
            assertThat(published).isEmpty();
            await().until(() -> watch.stalest().toMillis() > 0);
        }
    }

    @Test
    void aDefectEndsTheWatchAndIsNotKeptSecret() {
        IllegalStateException defect = new IllegalStateException("a defect");
        try (VaultWatch watch = watch((_, _) -> found(ProbeOutcome.USABLE, "v1"), () -> {
            throw defect;
        })) {
            watch.start();
            await().until(() -> watch.ended().isDone());
            assertThat(watch.ended().exceptionNow()).isSameAs(defect);
        }
    }

    @Test
    void aWatchThatWasNeverStartedCanBeClosed() {
        VaultWatch watch = watch((_, _) -> found(ProbeOutcome.USABLE, "v1"), () -> KeyFacts.NONE);
        watch.close();
        assertThat(watch.ended()).isNotDone();
    }

    @Test
    void aWatchThatIsClosedInTheMiddleOfAStepEndsWithoutAFailure() {
        CountDownLatch stepping = new CountDownLatch(1);
        InstantSource clock = () -> {
            stepping.countDown();
            while (!Thread.currentThread().isInterrupted()) { // close interrupts it
                Thread.onSpinWait();
            }
            return Instant.now();
        };
        VaultWatch watch =
                watch(FAST, (_, _) -> found(ProbeOutcome.USABLE, "v1"), new OneKey(() -> KeyFacts.NONE), clock);
        watch.start();
        await().until(() -> stepping.getCount() == 0);
        watch.close();
        assertThat(watch.ended()).isCompleted();
    }

    /// The next regular lookup of keys would be in an hour.
    @Test
    void aKeyThatHasComeIsAskedAboutAsSoonAsTheWatchIsTold() {
        Configured seldom = FAST.with(VaultSettings.REFRESH, Duration.ofHours(1));
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean there = new AtomicBoolean();
        KeySource keys = new OneKey(() -> KeyFacts.NONE) {
            @Override
            public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
                Map<Integer, Optional<Set<TenantKeyReference>>> inUse = there.get() ? super.inUse(moment) : Map.of();
                looks.incrementAndGet();
                return inUse;
            }
        };
        try (VaultWatch watch = watch(seldom, (_, _) -> found(ProbeOutcome.USABLE, "v1"), keys)) {
            watch.start();
            await().until(() -> looks.get() > 0);
            there.set(true);
            watch.refresh();
            await().until(() -> !published.isEmpty());
        }
    }

    private VaultWatch watch(KeyVault vault, Supplier<KeyFacts> facts) {
        return watch(FAST, vault, new OneKey(facts));
    }

    private VaultWatch watch(Configured settings, KeyVault vault, KeySource keys) {
        return watch(settings, vault, keys, InstantSource.system());
    }

    private VaultWatch watch(Configured settings, KeyVault vault, KeySource keys, InstantSource clock) {
        return new VaultWatch(
                settings,
                new VaultWatch.Ports(
                        vault,
                        keys,
                        event -> {
                            published.add(event);
                            return CompletableFuture.completedFuture(new Coordinates("key-events", 0, 0));
                        },
                        report -> {
                            reported.add(report);
                            return reported.size() == 1
                                    ? CompletableFuture.failedFuture(new IllegalStateException("not there"))
                                    : CompletableFuture.completedFuture(new Coordinates("key-watch", 0, 0));
                        },
                        (verdict, _) -> observed.add(verdict),
                        clock));
    }

    private static class OneKey implements KeySource {
        private final Supplier<KeyFacts> known;

        OneKey(Supplier<KeyFacts> known) {
            this.known = known;
        }

        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            return Map.of(
                    0, Optional.of(Set.of(new TenantKeyReference(CONTOSO, new KeyReference(KEY, Optional.empty())))));
        }

        @Override
        public int partitionsInAll() {
            return 1;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(known.get());
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }
    }
}
