package io.keyward.app.command;

import io.keyward.app.cluster.ClusterTopics;
import io.keyward.app.cluster.Generations;
import io.keyward.app.config.ConfigurationException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.run.ProductVersion;
import io.keyward.app.run.RegistryAccess;
import io.keyward.app.start.StartChecks;
import io.keyward.app.terminal.Visible;
import io.keyward.proof.StateVerification;
import io.keyward.proof.inputs.Base;
import io.keyward.proof.inputs.BaseFolder;
import io.keyward.proof.inputs.BaseMaker;
import io.keyward.proof.inputs.InputVerification;
import io.keyward.proof.inputs.SigningKeys;
import io.keyward.topology.Bounds;
import io.keyward.topology.contract.Topic;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
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
        KeywardConfig config = checked(cluster, OUTPUTS);
        return new ProofRun(config, process.get())
                .verify(
                        json,
                        "outputs",
                        (subject, progress) -> StateVerification.run(subject, progress, Duration.ofSeconds(wait)));
    }

    @Command(
            description = {
                "Replays the inputs, since a base or since their beginning, and compares the facts with those in the"
                        + " changelogs; exits with 0 only if everything was verified and nothing differs.",
                "What retention has deleted is not verifiable. It works beside a running application, joins no group and"
                        + " writes nothing."
            })
    int inputs(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "Print the report as one JSON object.") boolean json,
            @Option(
                            names = "--base",
                            paramLabel = "DIR",
                            description = "The folder of a base that `verify base` has made.")
                    Optional<Path> base,
            @Option(
                            names = "--public-key",
                            paramLabel = "FILE",
                            description = "The public key of Ed25519, in PEM form, that the base was signed for.")
                    Optional<Path> key,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long to wait, in each partition, for rerouted records that are not"
                                    + " decided yet. Default: ${DEFAULT-VALUE}.")
                    int wait) {
        if (base.isPresent() != key.isPresent()) {
            throw new ConfigurationException(List.of("--base DIR and --public-key FILE must be given together."));
        }
        Optional<BaseFolder> folder = base.map(path -> BaseFolder.open(path, SigningKeys.publicKey(key.orElseThrow())));
        KeywardConfig config = checked(cluster, Topic.readByTheTopology());
        Bounds bounds = Bounds.DEFAULT
                .withMaxFuture(config.rules().maxFuture())
                .withRecords(new StartChecks(config).checkTopics().records());
        try (RegistryAccess registry = RegistryAccess.open(config)) {
            return new ProofRun(config, process.get())
                    .verify(
                            json,
                            "events",
                            (subject, progress) -> InputVerification.run(
                                    subject, registry.values(), bounds, folder, Duration.ofSeconds(wait), progress));
        }
    }

    @Command(
            description = {
                "Copies the changelogs and the committed offsets into a folder, and signs them: with this base, `verify"
                        + " inputs` needs only the inputs that came after it.",
                "It works beside a running application, joins no group and writes nothing to the cluster."
            })
    void base(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--output",
                            required = true,
                            paramLabel = "DIR",
                            description = "The folder to write to; it is created, and must be empty.")
                    Path folder,
            @Option(
                            names = "--signing-key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The private key of Ed25519, in PEM form.")
                    Path key) {
        PrivateKey signing = SigningKeys.privateKey(key);
        KeywardConfig config = checked(cluster, Topic.readByTheTopology());
        StandardStreams streams = process.get();
        Base made = new ProofRun(config, streams)
                .run((subject, progress) ->
                        BaseMaker.make(subject, folder, signing, ProductVersion.current(), progress));
        streams.out()
                .println("The base of %s as of %s is in %s"
                        .formatted(made.applicationId(), made.madeAt(), Visible.line(folder.toString())));
        streams.flush();
    }

    /// The configuration in the generation whose state is complete, if these topics and the changelogs are
    /// there.
    private static KeywardConfig checked(ClusterOptions cluster, List<Topic> read) {
        KeywardConfig config = Generations.complete(cluster.load());
        ClusterTopics topics = new ClusterTopics(config, cluster.typed());
        topics.partitions(read.stream().map(config.topics().names()::name).toList(), AclOperation.READ);
        topics.existing(config.changelogs(), AclOperation.READ);
        return config;
    }
}
