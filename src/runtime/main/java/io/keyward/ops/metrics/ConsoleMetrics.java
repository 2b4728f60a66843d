package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// All metrics of a console.
public final class ConsoleMetrics extends ProcessMetrics {
    private static final String REQUESTS = "keyward.console.request";

    /// How far the console has read the processor's committed records.
    ///
    /// @param lag committed records that the console has not read
    /// @param completeAt when the console last had read everything; empty if never since its start
    /// @param records records that the console has read since its start
    public record Progress(boolean ready, long lag, Optional<Instant> completeAt, long records) {}

    /// @param version the product's version
    /// @param profile the rule profile in effect
    public ConsoleMetrics(String version, RuleProfile profile) {
        super(version, profile);
    }

    /// Adds the console's progress. Must be called once.
    public void watch(Supplier<Progress> progress, InstantSource clock) {
        Instant start = clock.instant();
        meters.gauge(
                "keyward.console.ready",
                "1 while /health/ready says that this console answers, else 0",
                () -> progress.get().ready() ? 1 : 0);
        meters.gauge(
                "keyward.console.lag.records",
                "Records that the processor has committed and this console has not read",
                () -> progress.get().lag());
        meters.age(
                "keyward.console.caught.up.age",
                "Time since this console had last read everything, or since its start",
                () -> Duration.between(progress.get().completeAt().orElse(start), clock.instant()));
        FunctionCounter.builder(
                        "keyward.console.records",
                        progress,
                        source -> source.get().records())
                .description("Records that this console has read since its start")
                .register(registry);
    }

    /// A copy of the route that counts and times its requests by status and by its path, with the names of its
    /// variables.
    public Route measured(Route route) {
        return route.answeredBy(request -> {
            Timer.Sample sample = Timer.start(registry);
            String status = "500"; // the status for exceptions
            try {
                EndpointResponse response = route.reply(request);
                status = Integer.toString(response.status());
                return response;
            } finally {
                sample.stop(Timer.builder(REQUESTS)
                        .description("How long requests took, by path and status")
                        .tag("path", route.path())
                        .tag("status", status)
                        .register(registry));
            }
        });
    }
}
