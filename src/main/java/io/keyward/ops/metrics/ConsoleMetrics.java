package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.HttpEndpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// All metrics of a console (docs/metrics.md), exported in Prometheus' formats. Safe for many threads.
///
/// No label contains a tenant, an environment or a key.
public final class ConsoleMetrics implements AutoCloseable {
    private static final String REQUESTS = "keyward.console.request";

    private final ProcessMeters process;
    private final PrometheusMeterRegistry registry;

    /// How far the console has read what the processor has committed.
    ///
    /// @param lag committed records that it has not read
    /// @param completeAt when it last had read everything; empty if that was never since its start
    /// @param records records that it has read since its start
    public record Progress(boolean ready, long lag, Optional<Instant> completeAt, long records) {}

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public ConsoleMetrics(String version, RuleProfile profile) {
        this.process = new ProcessMeters(version, profile);
        this.registry = process.registry();
    }

    /// Adds the progress of the console. Must be called once.
    public void watch(Supplier<Progress> progress, InstantSource clock) {
        Instant start = clock.instant();
        Gauge.builder("keyward.console.ready", () -> progress.get().ready() ? 1 : 0)
                .description("1 while /health/ready says that this console answers, else 0")
                .register(registry);
        Gauge.builder("keyward.console.lag.records", () -> progress.get().lag())
                .description("Records that the processor has committed and this console has not read")
                .register(registry);
        TimeGauge.builder(
                        "keyward.console.caught.up.age",
                        () -> Duration.between(progress.get().completeAt().orElse(start), clock.instant())
                                .toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("Time since this console had last read everything, or since its start")
                .register(registry);
        FunctionCounter.builder(
                        "keyward.console.records",
                        progress,
                        source -> source.get().records())
                .description("Records that this console has read since its start")
                .register(registry);
    }

    /// Adds the expiry of the endpoint's certificate, if it has one. Must be called once.
    public void watch(HttpEndpoint endpoint) {
        process.watch(endpoint);
    }

    /// The same endpoint, whose requests are counted and timed.
    public Endpoint measured(Endpoint endpoint) {
        return new MeasuredEndpoint(endpoint, registry);
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

    /// Counts and times the requests to an endpoint by its path, with the names of its variables, and by status.
    private record MeasuredEndpoint(Endpoint endpoint, PrometheusMeterRegistry registry) implements Endpoint {
        @Override
        public String method() {
            return endpoint.method();
        }

        @Override
        public String path() {
            return endpoint.path();
        }

        @Override
        public String summary() {
            return endpoint.summary();
        }

        @Override
        public Optional<EndpointResponse> replyToStranger() {
            return endpoint.replyToStranger();
        }

        @Override
        public EndpointResponse reply(EndpointRequest request) {
            Timer.Sample sample = Timer.start(registry);
            String status = "500"; // what an exception becomes
            try {
                EndpointResponse response = endpoint.reply(request);
                status = Integer.toString(response.status());
                return response;
            } finally {
                sample.stop(Timer.builder(REQUESTS)
                        .description("How long requests took, by path and status")
                        .tag("path", endpoint.path())
                        .tag("status", status)
                        .register(registry));
            }
        }
    }
}
