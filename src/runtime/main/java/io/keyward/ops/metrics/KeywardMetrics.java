package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.KafkaHealth;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.topology.BrokerTime;
import io.keyward.topology.FlowObserver;
import io.micrometer.core.instrument.FunctionCounter;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// All metrics of an instance.
public final class KeywardMetrics extends ProcessMetrics {
    private final FlowMeters flow;

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public KeywardMetrics(String version, RuleProfile profile, InstantSource clock, LongSupplier nanoTime) {
        super(version, profile);
        flow = new FlowMeters(meters, profile, clock, nanoTime);
    }

    /// Adds Kafka Streams' own metrics and the progress of the restoration. Must be called once.
    ///
    /// @param streams the metrics of Kafka Streams
    public void watch(Supplier<Map<MetricName, ? extends Metric>> streams, RestoreProgress restore) {
        registry.getPrometheusRegistry().register(new StreamsCollector(streams));
        meters.gauge(
                "keyward.restore.remaining.records",
                "Records of the changelogs that are still to be restored on this instance",
                restore::remainingRecords);
    }

    /// Adds the health of the schema registry. Must be called once.
    public void watch(RegistryHealth health) {
        FunctionCounter.builder("keyward.registry.failures", health, RegistryHealth::failures)
                .description("Requests to the schema registry that got no usable answer; records wait meanwhile")
                .register(registry);
        meters.gauge(
                "keyward.registry.available",
                "1 if the last request to the schema registry got an answer, else 0; the registry is checked every 30 seconds",
                () -> health.problem().isEmpty() ? 1 : 0);
    }

    /// Adds the health of Kafka and the age of uncommitted records. Must be called once.
    public void watch(KafkaHealth kafka, CommitAges commits) {
        meters.age(
                "keyward.kafka.last.answer.age",
                "Time since the Kafka cluster last answered this instance",
                kafka::age);
        meters.age(
                "keyward.last.commit.age",
                "Time since the last commit of the stream thread whose work has waited longest for one; 0 while none waits",
                commits::oldest);
    }

    /// Adds the difference between the machine's clock and the brokers' clocks. Must be called once.
    public void watch(BrokerTime time) {
        meters.age(
                "keyward.clock.ahead",
                "How far this machine's clock is ahead of the broker's clock that differs most, by the newest acknowledgement of a progress record; negative if it is behind",
                time::ahead);
    }

    /// Adds whether the state folder can be used, and how many partitions are parked. Must be called once.
    ///
    /// @param problem the current problem of the folder
    /// @param parked the number of partitions that are assigned to this instance and parked
    public void watchState(Supplier<Optional<String>> problem, IntSupplier parked) {
        meters.gauge(
                "keyward.state.folder.usable",
                "1 if the state folder was writable and had free space when it was last checked, else 0; it is checked every 10 seconds",
                () -> problem.get().isEmpty() ? 1 : 0);
        meters.gauge(
                "keyward.partitions.parked",
                "Partitions of this instance for which nothing is decided, because their state is incomplete although it was restored from its changelogs",
                parked::getAsInt);
    }

    /// Adds the state gauges. Must be called once.
    public void watch(StateGaugesSnapshot stateGauges) {
        registry.getPrometheusRegistry().register(new StateGaugesCollector(stateGauges));
    }

    /// Adds the meters of the vault watch. Must be called once.
    ///
    /// @param verdicts the possible outcomes of a probe
    /// @param hintResults the possible results of a hint
    public VaultMeters ofVaults(Collection<String> verdicts, Collection<String> hintResults) {
        return new VaultMeters(meters, verdicts, hintResults);
    }

    /// Adds the readiness of the instance. Must be called once.
    public void watch(HealthSource health) {
        meters.gauge(
                "keyward.ready",
                "1 while /health/ready says that this instance does its work, else 0",
                () -> health.readiness().ok() ? 1 : 0);
    }

    /// Counts what flows through the topology.
    public FlowObserver flow() {
        return flow;
    }
}
