package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.HttpEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// All metrics of an intake (docs/metrics.md), exported in Prometheus' formats. Safe for many threads.
///
/// No label contains a tenant, an environment or a key.
public final class IntakeMetrics implements AutoCloseable {
    /// Counted from 0 on, so that an alert sees the first one.
    private static final List<Integer> STATUSES = List.of(200, 401, 413, 429, 503);

    private static final Duration[] BOUNDS = Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final ProcessMeters process;
    private final PrometheusMeterRegistry registry;
    private final InstantSource clock;
    private final Timer publish;
    private final Map<String, Instant> lastDeliveries = new ConcurrentHashMap<>();

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public IntakeMetrics(String version, RuleProfile profile, InstantSource clock) {
        this.process = new ProcessMeters(version, profile);
        this.registry = process.registry();
        this.clock = clock;
        STATUSES.forEach(this::requests);
        publish = Timer.builder("keyward.intake.publish")
                .description("Time from a delivery until Kafka had acknowledged all of it")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /// Adds the age of a source's last delivery, counted from now on if there is none. Must be called once for each.
    public void watchSource(String source) {
        lastDeliveries.put(source, clock.instant());
        TimeGauge.builder(
                        "keyward.intake.last.delivery.age",
                        () -> Duration.between(lastDeliveries.get(source), clock.instant())
                                .toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("Time since Kafka has acknowledged a delivery of the source, or since the start")
                .tag("source", source)
                .register(registry);
        items(source, "other", "refused");
    }

    /// Adds how many tenants have a secret. Must be called once.
    public void watchTenants(IntSupplier tenants) {
        Gauge.builder("keyward.intake.tenants", tenants::getAsInt)
                .description("Tenants whose webhooks are answered")
                .register(registry);
    }

    /// Adds the state of the audit logs' sources. Must be called once.
    ///
    /// @param lag records that they hold and this intake has not read
    public void watchAudit(IntSupplier reading, IntSupplier failing, LongSupplier lag) {
        auditSources("reading", reading);
        auditSources("failing", failing);
        Gauge.builder("keyward.intake.audit.lag.records", lag::getAsLong)
                .description("Records of audit logs that this intake has not read yet")
                .register(registry);
    }

    /// Adds the expiry of the certificate of the webhooks' endpoint, if it has one. Must be called once.
    public void watch(HttpEndpoint webhooks) {
        process.watch(webhooks);
    }

    /// Counts a request to a webhook.
    public void answered(int status) {
        requests(status).increment();
    }

    /// Counts an item that a source has delivered.
    ///
    /// @param type from a fixed set
    public void item(String source, String type, String result) {
        items(source, type, result).increment();
    }

    /// Records that Kafka has acknowledged all of a delivery.
    public void delivered(String source, Duration took) {
        lastDeliveries.put(source, clock.instant());
        publish.record(took);
    }

    /// Exports all current values.
    ///
    /// @param contentType one of Prometheus' formats
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        process.close();
    }

    private Counter requests(int status) {
        return Counter.builder("keyward.intake.requests")
                .description("Requests to webhooks, by the status of the answer")
                .tag("status", Integer.toString(status))
                .register(registry);
    }

    private Counter items(String source, String type, String result) {
        return Counter.builder("keyward.intake.items")
                .description("Events and records of audit logs, by what became of them")
                .tag("source", source)
                .tag("type", type)
                .tag("result", result)
                .register(registry);
    }

    private void auditSources(String state, IntSupplier number) {
        Gauge.builder("keyward.intake.audit.sources", number::getAsInt)
                .description("Event Hubs with audit logs, by whether they can be read")
                .tag("state", state)
                .register(registry);
    }
}
