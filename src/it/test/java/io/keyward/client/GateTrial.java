package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.Cluster;
import io.keyward.testing.Running;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A pipeline that asks a gate about new data of all environments, again and again, while events on these come.
final class GateTrial implements AutoCloseable {
    /// The last one is not in the first rule profile.
    private static final List<String> ASKED_FOR =
            List.of("TENANT_REPORTING", "DATA_LAKE_EXPORT", "MOBILE_NOTIFICATIONS");

    private static final int OLDEST_MILLIS = 8_000;

    private final Settings settings;
    private final GateEvents events;
    private final Queue<Datum> passed = new ConcurrentLinkedQueue<>();
    private final Map<EnvironmentData, Set<Instant>> delivered = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong takenBack = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger(2);
    private final Thread pipeline = Thread.ofPlatform().unstarted(this::run);
    private volatile SuppressionGate gate;
    private volatile boolean stopped;
    private volatile boolean delivering;
    private volatile boolean toldMeanwhile;

    private record EnvironmentData(GateEvents.Environment environment, String sink) {}

    private record Datum(EnvironmentData of, Instant time) {}

    GateTrial(Cluster cluster, TopicNames names) {
        settings = Settings.of(cluster.bootstrapServers(), cluster.registryUrl().toString())
                .withPrefix(names.prefix());
        gate = SuppressionGate.open(settings, this::takeBack);
        events = new GateEvents(cluster, names);
        pipeline.start();
    }

    private void run() {
        Random random = new Random(42);
        while (!stopped) {
            EnvironmentData of = new EnvironmentData(
                    GateEvents.ENVIRONMENTS.get(random.nextInt(GateEvents.ENVIRONMENTS.size())),
                    ASKED_FOR.get(random.nextInt(ASKED_FOR.size())));
            Datum datum = new Datum(
                    of, Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(random.nextInt(OLDEST_MILLIS)));
            gate.deliver(of.environment().tenant(), of.environment().name(), of.sink(), datum.time(), () -> {
                delivering = true;
                passed.add(datum);
                delivered
                        .computeIfAbsent(of, _ -> ConcurrentHashMap.newKeySet())
                        .add(datum.time());
                delivering = false;
            });
            if (asked.incrementAndGet() % 10 == 0) {
                LockSupport.parkNanos(1_000_000); // the pace of the pipeline, not a wait
            }
        }
    }

    /// Fails the first times: the gate has to tell it again.
    private void takeBack(Retraction retraction) {
        toldMeanwhile |= delivering;
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new AssertionError("the sink takes nothing back");
        }
        delivered.forEach((of, times) -> times.removeIf(time -> {
            boolean back = retraction.concerns(
                    of.environment().tenant(), of.environment().name(), of.sink(), time);
            takenBack.addAndGet(back ? 1 : 0);
            return back;
        }));
    }

    /// A new gate, which knows nothing of what the old one has told.
    void restartGate() {
        gate.close();
        gate = SuppressionGate.open(settings, this::takeBack);
    }

    /// Waits until data of now passes, on all partitions.
    void awaitDecided() {
        Instant now = Instant.now();
        Running.within().until(() -> {
            events.rethrowFailure();
            return GateEvents.UNTOUCHED.stream()
                    .allMatch(environment -> gate.check(
                                    environment.tenant(), environment.name(), ASKED_FOR.getFirst(), now)
                            .passes());
        });
    }

    /// Waits until it was asked so many times more.
    void awaitAsked(long more) {
        long all = asked.get() + more;
        Running.within().until(() -> asked.get() >= all);
    }

    /// Ends the events once they have stopped some data, and judges all data that passed.
    void end() {
        Running.within().until(() -> passed.size() > 1_000 && takenBack.get() > 0 && failures.get() == 0);
        events.close();
        awaitDecided();
        stopped = true;
        assertThat(toldMeanwhile)
                .as("a retraction is reported while data is delivered")
                .isFalse();
        assertThat(passed).allSatisfy(datum -> {
            if (!datum.of().sink().equals(ASKED_FOR.getLast())) {
                assertThat(events.forbidding(datum.of().environment(), datum.time()))
                        .as("what forbids %s", datum)
                        .isEmpty();
            }
        });
        delivered.forEach((of, times) -> assertThat(times)
                .allSatisfy(time -> assertThat(gate.check(
                                of.environment().tenant(), of.environment().name(), of.sink(), time))
                        .as("%s of %s was delivered and not taken back", of, time)
                        .isNotInstanceOfAny(GateAnswer.Suppressed.class, GateAnswer.Gap.class)));
    }

    @Override
    public void close() {
        stopped = true;
        Running.within().until(() -> !pipeline.isAlive());
        events.close();
        gate.close();
    }
}
