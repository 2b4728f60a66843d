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

/// Answers whether data of environments may go to a sink of the analytics pipeline, and reports what has to be
/// taken back from it (R14, R15).
///
/// Data passes only if its tenant is decided up to the event time (R33), there is a decision on the environment,
/// and no signal, gap or erasure forbids it. Nothing passes until everything has been read, nor after a failure.
/// At each start the gate reads all partitions from the earliest offset, without a group, on its own thread. It
/// keeps the state of all tenants in memory. Thread-safe.
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

    /// Changed on the follower's thread only; read by any thread.
    private final GateState state = new GateState();

    /// Shared by deliveries, so that retractions are reported while no delivery runs.
    private final ReadWriteLock deliveries = new ReentrantReadWriteLock();

    private SuppressionGate(Settings settings, GateListener listener) {
        this.listener = listener;
        registry = settings.connectToRegistry();
        records = new GateRecords(settings.topics(), registry, clock, state);
        follower = Follower.start("keyward-gate", settings, GateRecords.TOPICS, new Reading());
    }

    /// Opens a gate, and returns before it has read anything. It answers [GateAnswer.Wait] until it has read
    /// everything.
    ///
    /// @param listener receives what has to be taken back, on the gate's thread
    /// @throws IllegalArgumentException if a setting is missing, unknown or invalid
    public static SuppressionGate open(Settings settings, GateListener listener) {
        return new SuppressionGate(settings, listener);
    }

    /// Whether data may go to a sink now. A retraction may follow right after the answer; [#deliver] excludes
    /// that.
    ///
    /// @param sink one of [#SINKS], or a sink of which a signal has been published
    /// @param eventTime between 2015-01-01 and a day ahead of this machine's clock. A machine whose clock is more
    ///     than a day behind rejects current data
    /// @throws IllegalArgumentException if there is no such sink, or no event can have this time
    public GateAnswer check(String tenant, String environment, String sink, Instant eventTime) {
        return state.check(
                new EnvironmentSink(tenant, environment, sink), EventTime.require(eventTime, InstantSource.system()));
    }

    /// Runs a delivery if the data may go to the sink, and throws what it throws. No retraction is reported
    /// between the answer and the end of the delivery, so each retraction covers what was delivered before.
    /// Deliveries of several threads run in parallel. A retraction waits for them, and the gate reads nothing
    /// until then.
    ///
    /// @param sink as for [#check]
    /// @param eventTime as for [#check]
    /// @throws IllegalArgumentException as [#check] does
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

    /// Stops reading. Nothing passes from then on.
    @Override
    public void close() {
        follower.close();
        state.failed("The gate is closed.");
        registry.close();
    }

    /// A clock that starts at the machine's time and never jumps.
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

    /// Passes what the follower reads to the state.
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
