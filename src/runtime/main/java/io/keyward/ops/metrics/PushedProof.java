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

/// What a proof has found, as metrics that Prometheus' Pushgateway keeps after the command has ended. The gateway's
/// client of Prometheus has no release that fits the rest of its libraries, and a push is one request.
///
/// @param environments how many were verified
/// @param took how long it took
/// @param heldAt when it ended, if everything was verified and nothing differs
public record PushedProof(
        long environments, long differences, long unverifiable, Duration took, Optional<Instant> heldAt) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Pushes to a group of the gateway. What it does not say, when the proof held last, stays as it is there.
    ///
    /// @param group such as `http://pushgateway:9091/metrics/job/keyward-proof/proof/state`
    /// @throws IOException that says what the gateway answered, or why it did not
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
        meters.gauge("keyward.proof.differences", "What is not as the facts and the rules say", () -> differences);
        meters.gauge("keyward.proof.unverifiable", "What could be neither proved nor disproved", () -> unverifiable);
        meters.age("keyward.proof.duration", "How long the proof took", () -> took);
        heldAt.ifPresent(held -> meters.gauge(
                "keyward.proof.held.timestamp.seconds",
                "When everything was last verified and nothing differed, in seconds since 1970",
                held::getEpochSecond));
        return registry;
    }
}
