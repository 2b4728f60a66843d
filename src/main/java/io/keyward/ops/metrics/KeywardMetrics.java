package io.keyward.ops.metrics;

import io.keyward.domain.Explanation;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.KafkaHealth;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.LogSubject;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/// All metrics of an instance (docs/metrics.md), exported in Prometheus' formats. Safe for many threads.
///
/// No label contains a tenant, an environment or a key, so the number of series does not grow with the
/// customers.
public final class KeywardMetrics implements FlowObserver, AutoCloseable {
    private final ProcessMeters process;
    private final PrometheusMeterRegistry registry;
    private final EventMeters events;
    private final FlowMeters flow;
    private final FlowLog log;

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public KeywardMetrics(String version, RuleProfile profile) {
        this(version, profile, System::nanoTime);
    }

    KeywardMetrics(String version, RuleProfile profile, LongSupplier nanoTime) {
        process = new ProcessMeters(version, profile);
        registry = process.registry();
        events = new EventMeters(registry, nanoTime);
        flow = new FlowMeters(registry, profile);
        log = new FlowLog(nanoTime);
    }

    /// Adds Kafka Streams' own metrics and the progress of the restoration. Must be called once.
    public void watch(KafkaStreams streams, RestoreProgress restore) {
        watch(streams::metrics, restore);
    }

    void watch(Supplier<Map<MetricName, ? extends Metric>> streams, RestoreProgress restore) {
        registry.getPrometheusRegistry().register(new StreamsCollector(streams));
        Gauge.builder("keyward.restore.remaining.records", restore::remainingRecords)
                .description("Records of the changelogs that are still to be restored on this instance")
                .register(registry);
    }

    /// Adds the health of the schema registry. Must be called once.
    public void watch(RegistryHealth health) {
        FunctionCounter.builder("keyward.registry.failures", health, RegistryHealth::failures)
                .description("Requests to the schema registry that got no usable answer; records wait meanwhile")
                .register(registry);
        Gauge.builder("keyward.registry.available", () -> health.problem().isEmpty() ? 1 : 0)
                .description("1 if the last request to the schema registry got an answer, else 0")
                .register(registry);
    }

    /// Adds the health of Kafka and the age of uncommitted records. Must be called once.
    public void watch(KafkaHealth kafka, CommitAges commits) {
        age("keyward.kafka.last.answer.age", kafka::age, "Time since the Kafka cluster last answered this instance");
        age(
                "keyward.last.commit.age",
                commits::oldest,
                "Time since the last commit of the stream thread whose work has waited longest for one; 0 while none waits");
    }

    private void age(String name, Supplier<Duration> age, String description) {
        TimeGauge.builder(name, () -> age.get().toMillis(), TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }

    /// Adds the counts of the census. Must be called once.
    public void watch(CensusSnapshot census) {
        registry.getPrometheusRegistry().register(new CensusCollector(census));
    }

    /// Adds the meters of the vault watch. Must be called once.
    ///
    /// @param verdicts the possible outcomes of a probe
    /// @param hintResults what may become of a hint
    public VaultMeters ofVaults(Collection<String> verdicts, Collection<String> hintResults) {
        return new VaultMeters(registry, verdicts, hintResults);
    }

    /// Adds the readiness of the instance. Must be called once.
    public void watch(HealthSource health) {
        Gauge.builder("keyward.ready", () -> health.readiness().ok() ? 1 : 0)
                .description("1 while /health/ready says that this instance does its work, else 0")
                .register(registry);
    }

    /// Adds the expiry of the endpoint's certificate, if it has one. Must be called once.
    public void watch(HttpEndpoint endpoint) {
        process.watch(endpoint);
    }

    /// Exports all current values.
    ///
    /// @param contentType one of Prometheus' formats
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void admitted(Event event) {
        events.admitted(event);
    }

    @Override
    public void refused(RefusedException why, LogSubject about) {
        flow.refused(why.code());
        log.refused(why, about);
    }

    @Override
    public void erased() {
        flow.erased();
    }

    @Override
    public void rerouted(String topic, LogSubject about) {
        flow.rerouted();
        log.rerouted(topic, about);
    }

    @Override
    public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
        flow.published(publication, sinceCause);
    }

    @Override
    public void proven(Duration sinceDesired) {
        flow.proven(sinceDesired);
    }

    @Override
    public void fannedOut(long environments) {
        flow.fannedOut(environments);
    }

    @Override
    public void swept(int environments) {
        flow.swept(environments);
    }

    @Override
    public void sweepsWaiting(int partition, int sweeps) {
        flow.sweepsWaiting(partition, sweeps);
    }

    /// Stops the observation of the JVM. The values so far can still be read.
    @Override
    public void close() {
        process.close();
    }
}
