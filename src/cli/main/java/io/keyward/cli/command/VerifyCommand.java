package io.keyward.cli.command;

import io.keyward.app.run.RegistryAccess;
import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.Generations;
import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.proof.Report;
import io.keyward.proof.StateVerification;
import io.keyward.proof.TopicLayout;
import io.keyward.proof.inputs.BaseFolder;
import io.keyward.proof.inputs.BaseMaker;
import io.keyward.proof.inputs.InputProof;
import io.keyward.proof.inputs.InputVerification;
import io.keyward.proof.inputs.OutputSample;
import io.keyward.proof.inputs.OutputVerification;
import io.keyward.proof.inputs.SigningKeys;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `verify`: proves what is stored and published.
@Command(
        name = "verify",
        description = "Proves that what is stored and published follows from the facts and the rules.")
public final class VerifyCommand extends CommandGroup {
    @Mixin
    private ProcessStreams process;

    /// The options that name the base from which the replay of facts starts.
    static final class BaseOptions {
        @Option(names = "--base", paramLabel = "DIR", description = "The folder of a base that `verify base` created.")
        private Optional<Path> folder = Optional.empty();

        @Option(
                names = "--public-key",
                paramLabel = "FILE",
                description = "The Ed25519 public key, as PEM, that verifies the signature of the base.")
        private Optional<Path> key = Optional.empty();

        /// Opens the base after verifying its signature; empty if none is named.
        Optional<BaseFolder> open() {
            if (folder.isPresent() != key.isPresent()) {
                throw new ConfigurationException(List.of("--base DIR and --public-key FILE must be given together."));
            }
            return folder.map(path -> BaseFolder.open(path, SigningKeys.publicKey(key.orElseThrow())));
        }
    }

    @Command(
            description = {
                "Decides the facts in the changelogs again, and compares the result with what is stored and published; exits"
                        + " with 0 only if everything was verified and nothing differs.",
                "It works beside a running application, joins no group and writes nothing."
            })
    int state(
            @Mixin ClusterOptions cluster,
            @Mixin ReportOptions report,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description =
                                    "How long to wait for rows that keep changing, and for unfinished fan-outs; default:"
                                            + " ${DEFAULT-VALUE}.")
                    int wait) {
        KeywardConfig config = checked(cluster, TopicLayout.OUTPUTS);
        return new ProofRun(config, process.open())
                .verify(
                        report,
                        "outputs",
                        (subject, progress) -> StateVerification.run(subject, progress, Duration.ofSeconds(wait)));
    }

    @Command(
            description = {
                "Replays the inputs, from a base or from their earliest offset, and compares the facts with those in the"
                        + " changelogs; exits with 0 only if everything was verified and nothing differs.",
                "What retention has deleted is not verifiable. It can run while the application runs, joins no group"
                        + " and writes nothing."
            })
    int inputs(
            @Mixin ClusterOptions cluster,
            @Mixin ReportOptions report,
            @Mixin BaseOptions base,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "60",
                            description = "How long to wait, in each partition, for rerouted records that are not"
                                    + " decided yet; default: ${DEFAULT-VALUE}.")
                    int wait) {
        Optional<BaseFolder> folder = base.open();
        return verify(
                checkedInputs(cluster, List.of(Topic.ERASURES)),
                folder,
                report,
                proof -> InputVerification.run(proof, Duration.ofSeconds(wait)));
    }

    @Command(
            description = {
                "Verifies one record of an output: decides the events of its tenant below the position in its header"
                        + " again, and compares the result; exits with 0 only if it is the same.",
                "It works beside a running application, joins no group and writes nothing."
            })
    int output(
            @Mixin ClusterOptions cluster,
            @Parameters(
                            index = "0",
                            paramLabel = "TOPIC",
                            description =
                                    "encryption-decisions, warnings or analytics-suppressions; with or without the"
                                            + " prefix.")
                    String topic,
            @Parameters(index = "1", paramLabel = "PARTITION", description = "The partition of the record.")
                    int partition,
            @Parameters(index = "2", paramLabel = "OFFSET", description = "The offset of the record.") long offset,
            @Mixin BaseOptions base,
            @Mixin ReportOptions report) {
        Optional<BaseFolder> folder = base.open();
        KeywardConfig config = checkedInputs(cluster, List.of(Topic.ERASURES));
        Topic output = Topic.ofBaseName(topic)
                .or(() -> config.topics().names().topic(topic))
                .filter(TopicLayout.OUTPUTS::contains)
                .orElseThrow(() -> new ConfigurationException(List.of(
                        "%s: must be encryption-decisions, warnings or analytics-suppressions.".formatted(topic))));
        TopicPartition topicPartition =
                new TopicPartition(config.topics().names().name(output), partition);
        int partitions = new ClusterTopics(config, cluster.typed())
                .partitions(List.of(topicPartition.topic()), AclOperation.READ)
                .get(topicPartition.topic());
        if (partition < 0 || partition >= partitions || offset < 0) {
            throw new ConfigurationException(List.of(
                    "Partition %d and offset %d: the partition must be from 0 to %d, and the offset must not be negative."
                            .formatted(partition, offset, partitions - 1)));
        }
        return verify(config, folder, report, proof -> OutputVerification.run(proof, topicPartition, offset));
    }

    @Command(
            description = {
                "Verifies randomly chosen records of the outputs, each as `verify output` does; exits with 0 only if"
                        + " all are correct.",
                "It works beside a running application, joins no group and writes nothing."
            })
    int sample(
            @Mixin ClusterOptions cluster,
            @Option(
                            names = "--records",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many records to verify. Each reads the inputs of one partition, from the"
                                    + " base or from their earliest offset; default: ${DEFAULT-VALUE}.")
                    int records,
            @Mixin BaseOptions base,
            @Mixin ReportOptions report) {
        Optional<BaseFolder> folder = base.open();
        return verify(
                checkedInputs(
                        cluster,
                        Stream.concat(TopicLayout.OUTPUTS.stream(), Stream.of(Topic.ERASURES))
                                .toList()),
                folder,
                report,
                proof -> Report.joined(new OutputSample(proof, new SecureRandom())
                        .choose(records).stream()
                                .map(chosen -> OutputVerification.run(proof, chosen.partition(), chosen.offset()))
                                .toList()));
    }

    /// Verifies against the events that the processor would admit.
    private int verify(
            KeywardConfig config, Optional<BaseFolder> base, ReportOptions report, Function<InputProof, Report> proof) {
        Bounds bounds = config.rules()
                .bounds()
                .withRecords(new StartChecks(config).checkTopics().records());
        try (RegistryAccess registry = RegistryAccess.open(config)) {
            Admission admission = new Admission(
                    new EventReader(registry.values()), config.topics().names(), bounds);
            return new ProofRun(config, process.open())
                    .verify(
                            report,
                            "events",
                            (subject, progress) -> proof.apply(new InputProof(subject, admission, base, progress)));
        }
    }

    @Command(
            description = {
                "Copies the changelogs and the committed offsets into a folder, and signs them: with this base, `verify"
                        + " inputs` needs only the inputs after it.",
                "It works beside a running application, joins no group and writes nothing to the cluster."
            })
    void base(@Mixin ClusterOptions cluster, @Mixin NewBaseOptions options) {
        options.make("base", () -> checkedInputs(cluster, List.of()), process, BaseMaker::make);
    }

    /// Returns the configuration of the generation whose state is complete, after checking that these topics and
    /// the changelogs exist.
    private static KeywardConfig checked(ClusterOptions cluster, List<Topic> read) {
        KeywardConfig config = Generations.complete(cluster.load());
        ClusterTopics topics = new ClusterTopics(config, cluster.typed());
        topics.partitions(config.topics().names().names(read), AclOperation.READ);
        topics.existing(config.changelogs(), AclOperation.READ);
        return config;
    }

    /// Like [#checked], and checks also that the inputs exist and the committed offsets can be read.
    static KeywardConfig checkedInputs(ClusterOptions cluster, List<Topic> more) {
        KeywardConfig config = checked(
                cluster,
                Stream.concat(Topic.readByTheProcessor().stream(), more.stream())
                        .distinct()
                        .toList());
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            answers.committed(config.applicationId());
        }
        return config;
    }
}
