package io.keyward.app.command;

import io.keyward.app.cluster.ClusterTopics;
import io.keyward.app.cluster.Generations;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.RegistryConnection;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.run.Instance;
import io.keyward.app.terminal.Progress;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.StateVerification;
import io.keyward.proof.Subject;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `verify`: proves what is stored and published.
@Command(
        name = "verify",
        description = "Proves that what is stored and published follows from the facts and the rules.")
public final class VerifyCommand extends CommandGroup {
    private static final List<Topic> OUTPUTS =
            List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS);

    private final Supplier<StandardStreams> process;

    VerifyCommand() {
        this(StandardStreams::ofProcess);
    }

    public VerifyCommand(Supplier<StandardStreams> process) {
        super("application");
        this.process = process;
    }

    @Command(
            description = {
                "Decides the facts in the changelogs anew, and compares the result with what is stored and published; exits"
                        + " with 0 only if everything was verified and nothing differs.",
                "It works beside a running application, joins no group and writes nothing."
            })
    int state(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "Print the report as one JSON object.") boolean json,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description =
                                    "How long to wait for what keeps changing, and for sweeps that have not ended."
                                            + " Default: ${DEFAULT-VALUE}.")
                    int wait) {
        return verify(
                cluster,
                json,
                (subject, progress) -> StateVerification.run(subject, progress, Duration.ofSeconds(wait)));
    }

    /// One of the proofs.
    private interface Proof {
        Report run(Subject subject, ProofProgress progress);
    }

    private int verify(ClusterOptions cluster, boolean json, Proof proof) {
        StandardStreams streams = process.get();
        KeywardConfig config = Generations.complete(cluster.load());
        ClusterTopics topics = new ClusterTopics(config, cluster.typed());
        topics.partitions(OUTPUTS.stream().map(config.topics().names()::name).toList(), AclOperation.READ);
        topics.existing(config.changelogs(), AclOperation.READ);
        try (SchemaRegistry registry = RegistryConnection.open(config)) {
            Report report = withProgress(streams, progress -> proof.run(subject(config, registry), progress));
            new ProofReport(streams, json).print(report);
            return report.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static Subject subject(KeywardConfig config, SchemaRegistry registry) {
        Map<String, Object> kafka = new HashMap<>(config.kafka().values());
        return new Subject(
                kafka, config.applicationId(), config.topics().names(), Instance.profile(config.rules()), registry);
    }

    private static Report withProgress(StandardStreams streams, Function<ProofProgress, Report> proof) {
        ShownProgress shown = new ShownProgress(streams);
        try {
            return proof.apply(shown);
        } finally {
            shown.end();
        }
    }

    /// Shows the progress on standard error.
    private static final class ShownProgress implements ProofProgress {
        private final StandardStreams streams;
        private Progress shown;

        ShownProgress(StandardStreams streams) {
            this.streams = streams;
        }

        @Override
        public synchronized void read(long offsets, long total) {
            if (shown == null) {
                shown = new Progress(
                        streams.err(), streams.errTerminal(), InstantSource.system(), "records read", total);
            }
            shown.done(offsets);
        }

        synchronized void end() {
            if (shown != null) {
                shown.end();
            }
        }
    }
}
