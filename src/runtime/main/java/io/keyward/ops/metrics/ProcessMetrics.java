package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.Route;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.time.Instant;
import java.util.function.Supplier;

/// The metrics of a process (docs/metrics.md), exported in Prometheus' formats. Every process exports its version,
/// the certificate of its endpoint, and JVM metrics. Safe for many threads.
///
/// No label contains a tenant, an environment or a key, so the number of series does not grow with the customers.
abstract sealed class ProcessMetrics implements AutoCloseable permits ConsoleMetrics, IntakeMetrics, KeywardMetrics {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RuntimeMeters runtime = new RuntimeMeters();
    final Meters meters = new Meters(registry);

    ProcessMetrics(String version, RuleProfile profile) {
        registry.config().meterFilter(RuntimeMeters.filter());
        runtime.bindTo(registry);
        meters.gauge(
                "keyward.build.info",
                "Always 1; the labels are Keyward's version and the rule profile in effect",
                () -> 1,
                "version",
                version,
                "rule_profile",
                profile.name());
    }

    /// Adds the expiry of the endpoint's certificate, if it has one. Must be called once.
    public void watch(HttpEndpoint endpoint) {
        endpoint.certificate()
                .ifPresent(certificate -> meters.gauge(
                        "keyward.certificate.not.after.seconds",
                        "When the certificate of the HTTP endpoint expires, in seconds since 1970",
                        () -> certificate.notAfter().getEpochSecond()));
    }

    /// Adds the expiry of the certificate with which Kafka clients authenticate. Must be called once.
    public void watchClients(Supplier<Instant> notAfter) {
        meters.gauge(
                "keyward.client.certificate.not.after.seconds",
                "When the certificate of the Kafka clients expires, in seconds since 1970",
                () -> notAfter.get().getEpochSecond());
    }

    /// Serves the metrics in OpenMetrics format if the client accepts it, otherwise in Prometheus' text format.
    public Route page() {
        return new Route("/metrics", "metrics for Prometheus", this::page).forUnrestricted();
    }

    private EndpointResponse page(EndpointRequest request) {
        String contentType = FORMATS.getOpenMetricsTextFormatWriter()
                        .accepts(request.header("accept").orElse(""))
                ? FORMATS.getOpenMetricsTextFormatWriter().getContentType()
                : FORMATS.getPrometheusTextFormatWriter().getContentType();
        return new EndpointResponse(200, contentType, scrape(contentType));
    }

    /// Exports all current values.
    ///
    /// @param contentType one of Prometheus' formats
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    /// Stops observing the JVM. The values so far can still be read.
    @Override
    public void close() {
        runtime.close();
    }
}
