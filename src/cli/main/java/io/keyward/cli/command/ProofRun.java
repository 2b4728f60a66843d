package io.keyward.cli.command;

import io.keyward.app.run.Instance;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.kafka.Stopwatch;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.registry.client.SchemaRegistry;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.ExitCode;

/// Runs proofs of an application, and shows their progress on standard error.
record ProofRun(KeywardConfig config, StandardStreams streams) {
    /// Runs a proof, prints the report, and pushes it if an option names a Pushgateway.
    ///
    /// @param records the plural noun for the records of the report
    /// @return the exit code
    int verify(ReportOptions options, String records, BiFunction<Subject, ProofProgress, Report> proof) {
        Stopwatch stopwatch = Stopwatch.start();
        Report report = run(proof);
        new ProofReport(streams, options.json(), records).print(report);
        options.push(report, stopwatch.elapsed());
        return report.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    <T> T run(BiFunction<Subject, ProofProgress, T> step) {
        try (ProgressBar shown = streams.progress("records read", ProgressBar.UNKNOWN);
                SchemaRegistry registry = RegistryConnection.open(config)) {
            Subject subject = new Subject(
                    Map.copyOf(config.kafka().values()),
                    config.applicationId(),
                    config.topics().names(),
                    Instance.profile(config.rules()),
                    registry);
            return step.apply(subject, shown::done);
        }
    }
}
