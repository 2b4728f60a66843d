package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.HttpEndpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// The registry of a process that Prometheus reads, with the meters that every process has: the version, the
/// certificate of its endpoint, and those of the JVM.
final class ProcessMeters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RuntimeMeters runtime = new RuntimeMeters();

    ProcessMeters(String version, RuleProfile profile) {
        registry.config().meterFilter(RuntimeMeters.filter());
        runtime.bindTo(registry);
        Gauge.builder("keyward.build.info", () -> 1)
                .description("Always 1; the labels tell the product's version and the rule profile in effect")
                .tag("version", version)
                .tag("rule_profile", profile.name())
                .register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /// Adds the expiry of the endpoint's certificate, if it has one. Must be called once.
    void watch(HttpEndpoint endpoint) {
        endpoint.certificate()
                .ifPresent(certificate -> Gauge.builder(
                                "keyward.certificate.not.after",
                                () -> certificate.notAfter().getEpochSecond())
                        .description("When the certificate of the HTTP endpoint expires, in seconds since 1970")
                        .baseUnit("seconds")
                        .register(registry));
    }

    /// Stops the observation of the JVM. The values so far can still be read.
    @Override
    public void close() {
        runtime.close();
    }
}
