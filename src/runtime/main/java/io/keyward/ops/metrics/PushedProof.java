package io.keyward.ops.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The results of a proof, as metrics that Prometheus' Pushgateway keeps after the command has ended. Prometheus'
/// client for the gateway has no release that fits its other libraries, and a push is a single request.
///
/// @param environments the number of verified environments
/// @param took the duration of the proof
/// @param heldAt when the proof ended, if everything was verified and nothing differs
public record PushedProof(
        long environments, long differences, long unverifiable, Duration took, Optional<Instant> heldAt) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Pushes to a group of the gateway. Without `heldAt`, the gateway keeps the time when the proof last held.
    ///
    /// @param group such as `http://pushgateway:9091/metrics/job/keyward-proof/proof/state`
    /// @throws IOException with the gateway's answer, or the reason why there is none
    public void push(URI group) throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = registry();
        HttpRequest request = HttpRequest.newBuilder(group)
                .timeout(LIMIT)
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .POST(BodyPublishers.ofString(registry.scrape()))
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("status %d: %s"
                        .formatted(answer.statusCode(), answer.body().strip()));
            }
        }
    }

    private PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(registry);
        meters.gauge("keyward.proof.environments", "Environments that the proof has verified", () -> environments);
        meters.gauge(
                "keyward.proof.differences",
                "Differences from what the facts and the rules require",
                () -> differences);
        meters.gauge(
                "keyward.proof.unverifiable",
                "Findings that could be neither proved nor disproved",
                () -> unverifiable);
        meters.age("keyward.proof.duration", "How long the proof took", () -> took);
        heldAt.ifPresent(held -> meters.gauge(
                "keyward.proof.held.timestamp.seconds",
                "When everything was last verified and nothing differed, in seconds since 1970",
                held::getEpochSecond));
        return registry;
    }
}
