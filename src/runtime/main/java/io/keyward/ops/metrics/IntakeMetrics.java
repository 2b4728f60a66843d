package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/// All metrics of an intake.
public final class IntakeMetrics extends ProcessMetrics {
    /// These series start at 0, so that alerts see the first increase.
    private static final List<Integer> STATUSES = List.of(200, 401, 413, 429, 503);

    private static final Duration[] BOUNDS =
            Meters.millis(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000);

    private final InstantSource clock;
    private final Timer publish;
    private final Map<String, Instant> lastDeliveries = new ConcurrentHashMap<>();

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public IntakeMetrics(String version, RuleProfile profile, InstantSource clock) {
        super(version, profile);
        this.clock = clock;
        STATUSES.forEach(this::requests);
        publish = meters.timer(
                "keyward.intake.publish", "Time from a delivery until Kafka had acknowledged all of it", BOUNDS);
    }

    /// Adds the age of a source's last delivery, which starts at zero now. Must be called once for each source.
    public void watchSource(String source) {
        lastDeliveries.put(source, clock.instant());
        meters.age(
                "keyward.intake.last.delivery.age",
                "Time since Kafka has acknowledged a delivery of the source, or since the start",
                () -> Duration.between(lastDeliveries.get(source), clock.instant()),
                "source",
                source);
        items(source, "other", "refused");
    }

    /// Adds the number of tenants that have a secret. Must be called once.
    public void watchTenants(IntSupplier tenants) {
        meters.gauge("keyward.intake.tenants", "Tenants whose webhooks are answered", tenants::getAsInt);
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

    /// Records that Kafka has acknowledged a complete delivery.
    public void delivered(String source, Duration took) {
        lastDeliveries.put(source, clock.instant());
        publish.record(took);
    }

    private Counter requests(int status) {
        return meters.counter(
                "keyward.intake.requests",
                "Requests to webhooks, by status of the response",
                "status",
                Integer.toString(status));
    }

    private Counter items(String source, String type, String result) {
        String description = "Delivered events, by result";
        return meters.counter("keyward.intake.items", description, "source", source, "type", type, "result", result);
    }
}
