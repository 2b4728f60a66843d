package io.keyward.client;

import io.keyward.client.GateState.EnvironmentSink;
import io.keyward.kafka.Stopwatch;
import io.keyward.registry.client.SchemaRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Says whether data on environments may go to a sink of the analytics pipeline, and what has to be taken back
/// from it (R14, R15).
///
/// Lets data pass only if its tenant is decided up to the event time (R33), there is a decision on the
/// environment, and neither a signal, nor a gap, nor an erasure forbids it. It is closed until all has been
/// read, and after any failure. It reads all partitions from the beginning at each start, without a group, on a
/// thread of its own, and keeps what holds of all tenants in memory. Thread-safe.
public final class SuppressionGate implements AutoCloseable {
    /// The sinks of all rule profiles.
    public static final Set<String> SINKS = Set.of(
            "TENANT_REPORTING",
            "DATA_LAKE_EXPORT",
            "APPLICATION_INSIGHTS",
            "FLOW_RUN_HISTORY_IN_DATAVERSE",
            "MOBILE_NOTIFICATIONS",
            "FLOW_ACTIVITY_PAGE",
            "FLOW_FAILURE_EMAIL",
            "FAILURE_DIGEST_EMAIL");

    private final GateListener listener;
    private final SchemaRegistry registry;
    private final InstantSource clock = steady(InstantSource.system().instant());
    private final GateRecords records;
    private final Follower follower;

    /// The thread of the follower alone changes it, and others ask it.
    private final GateState state = new GateState();

    /// Deliveries share it, so that retractions are told while nothing is delivered.
    private final ReadWriteLock deliveries = new ReentrantReadWriteLock();

    private SuppressionGate(Settings settings, GateListener listener) {
        this.listener = listener;
        registry = settings.connectToRegistry();
        records = new GateRecords(settings.topics(), registry, clock, state);
        follower = Follower.start("keyward-gate", settings, GateRecords.TOPICS, new Reading());
    }

    /// Opens a gate, and returns before it has read anything: it answers [GateAnswer.Wait] until it
    /// has read everything.
    ///
    /// @param listener is told what has to be taken back, on the thread of the gate
    /// @throws IllegalArgumentException if a setting is missing, unknown or invalid
    public static SuppressionGate open(Settings settings, GateListener listener) {
        return new SuppressionGate(settings, listener);
    }

    /// Whether data may go to a sink now. Right after that a retraction may be told; [#deliver] excludes that.
    ///
    /// @param sink one of [#SINKS], or of which a signal has been published
    /// @param eventTime between 2015-01-01 and a day ahead of this machine's clock. A machine whose clock is more
    ///     than a day behind refuses current data
    /// @throws IllegalArgumentException if there is no such sink, or no event can have that time
    public GateAnswer check(String tenant, String environment, String sink, Instant eventTime) {
        return state.check(
                new EnvironmentSink(tenant, environment, sink), EventTime.require(eventTime, InstantSource.system()));
    }

    /// Runs the delivery of data if it may go to the sink, and throws what it throws. No retraction is told
    /// between the answer and the end of the delivery, so each retraction finds what was delivered before.
    /// Deliveries of several threads run at the same time. A retraction waits for them, and the gate reads
    /// nothing more until then.
    ///
    /// @param sink as for [#check]
    /// @param eventTime as for [#check]
    /// @throws IllegalArgumentException as for [#check]
    public GateAnswer deliver(String tenant, String environment, String sink, Instant eventTime, Runnable delivery) {
        Objects.requireNonNull(delivery, "delivery");
        deliveries.readLock().lock();
        try {
            GateAnswer answer = check(tenant, environment, sink, eventTime);
            if (answer.passes()) {
                delivery.run();
            }
            return answer;
        } finally {
            deliveries.readLock().unlock();
        }
    }

    /// Ends reading. Nothing passes from then on.
    @Override
    public void close() {
        follower.close();
        state.failed("The gate is closed.");
        registry.close();
    }

    /// A clock that starts with the machine's and does not jump with it.
    private static InstantSource steady(Instant start) {
        Stopwatch since = Stopwatch.start();
        return () -> start.plus(since.elapsed());
    }

    private void whileNothingIsDelivered(Runnable telling) {
        deliveries.writeLock().lock();
        try {
            telling.run();
        } finally {
            deliveries.writeLock().unlock();
        }
    }

    /// Hands what the follower reads to the state.
    private final class Reading implements Follower.Reader {
        @Override
        public void begins() {
            state.begins();
        }

        @Override
        public void read(ConsumerRecord<byte[], byte[]> read) {
            List<Retraction> retractions = records.read(read);
            if (!retractions.isEmpty()) {
                whileNothingIsDelivered(() -> retractions.forEach(listener::onRetraction));
            }
        }

        @Override
        public void asks() {
            state.asks(clock.instant());
        }

        @Override
        public void reachedEnds() {
            if (state.reachedEnds()) {
                whileNothingIsDelivered(() -> state.tellAll(listener::onRetraction));
            }
        }

        @Override
        public void failed(String why) {
            state.failed("Reading failed: " + why);
        }
    }
}
