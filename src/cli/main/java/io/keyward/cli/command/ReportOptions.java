package io.keyward.cli.command;

import io.keyward.cluster.CommandFailedException;
import io.keyward.ops.metrics.PushedProof;
import io.keyward.proof.Report;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say where the report of a proof goes.
final class ReportOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Option(
            names = "--push",
            paramLabel = "URL",
            description = "Push the numbers of the report, as metrics, to this group of Prometheus' Pushgateway, for"
                    + " example http://pushgateway:9091/metrics/job/keyward-proof. The name of the proof is added.")
    private Optional<URI> gateway = Optional.empty();

    boolean json() {
        return json;
    }

    /// Pushes the numbers of a report, if an option names a Pushgateway.
    ///
    /// @throws CommandFailedException if they could not be pushed
    void push(Report report, Duration took) {
        gateway.ifPresent(url -> {
            PushedProof proof = new PushedProof(
                    report.environments(),
                    report.findings().size() + report.omitted(),
                    report.unverifiable().size(),
                    took,
                    report.holds() ? Optional.of(Instant.now()) : Optional.empty());
            try {
                proof.push(URI.create("%s/proof/%s".formatted(url, spec.name())));
            } catch (IOException | IllegalArgumentException failure) {
                throw new CommandFailedException(
                        "The result could not be pushed to %s: %s".formatted(url, failure.getMessage()), failure);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CommandFailedException("Stopped before the result was pushed.", stopped);
            }
        });
    }
}
