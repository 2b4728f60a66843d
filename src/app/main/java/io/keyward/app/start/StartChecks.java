package io.keyward.app.start;

import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.SetupFinding;
import io.keyward.cluster.TopicAdmin;
import io.keyward.cluster.TopicFinding;
import io.keyward.cluster.TopicRow;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.config.RuleSettings;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.config.VaultSettings;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.RegistryException;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Checks what must hold before Kafka Streams starts. Otherwise it would stall, or decide on the wrong
/// partitions. Each failure names what is missing and the command that fixes it.
public record StartChecks(KeywardConfig config) {
    private static final String NOT_READY = "The topics are not ready";
    private static final String UNSAFE = "Keyward cannot start safely";
    private static final Duration LEAST_TOLERANCE = Duration.ofMinutes(1);

    /// What the topology needs to know about the topics of the cluster.
    ///
    /// @param inputPartitions the count that all inputs share
    /// @param notes problems that do not prevent a start
    public record CheckedTopics(int inputPartitions, RecordLimits records, List<String> notes) {}

    /// Checks that the user may do what the processor does.
    ///
    /// @throws CommandFailedException that lists every operation that is not allowed
    public CheckOutcome checkAccess() {
        try (AccessCheck access = AccessCheck.connect(config)) {
            access.require();
            return Status.OK.with("the user may do what the processor does");
        }
    }

    /// Checks every topic against its contract.
    ///
    /// @throws CommandFailedException that lists every topic that differs from its contract
    public CheckedTopics checkTopics() {
        try (TopicAdmin topics = new TopicAdmin(config)) {
            List<TopicRow> rows = topics.describe();
            TopicAdmin.TopicCheck check = topics.check(rows);
            require(NOT_READY, check.findings());
            Stream<String> notes = Stream.of(
                            singleReplicas(rows),
                            note("Events are deleted early", check.warnings()),
                            note("Kafka Streams' own topics need other settings", topics.changelogs()))
                    .flatMap(Optional::stream);
            return new CheckedTopics(check.inputPartitions().orElseThrow(), recordLimits(rows), notes.toList());
        }
    }

    /// Checks the state folder; sends no request to the cluster.
    ///
    /// @param starts whether an instance is about to use it: then it is created, and must not be in use. Who only
    ///     asks may do so beside the instance that uses it
    /// @throws CommandFailedException that says why an instance cannot use it
    public CheckOutcome checkStateFolder(boolean starts) {
        Optional<Path> dir = config.find(StateSettings.DIR);
        if (dir.isEmpty()) {
            return CheckOutcome.notSet(StateSettings.DIR.key());
        }
        if (config.value(StateSettings.STORE) == StoreKind.ROCKSDB) {
            require(UNSAFE, new StateFolder(dir.get(), config.applicationId()).findings(starts));
        }
        return Status.OK.with(dir.get() + " can be written");
    }

    /// Checks what earlier instances left on the cluster, and its clock against ours.
    ///
    /// @param startAnew whether a first start from incomplete inputs is allowed
    /// @throws CommandFailedException that lists every reason why resuming is unsafe
    public CheckOutcome checkCluster(int inputPartitions, boolean startAnew) {
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            List<SetupFinding> findings =
                    new ArrayList<>(new ChangelogCheck(answers, config).findings(inputPartitions, startAnew));
            // A difference below the limit for events in the future does no harm: progress is in the brokers' time.
            new ClusterClock(answers, InstantSource.system())
                    .finding(Collections.max(List.of(LEAST_TOLERANCE, config.value(RuleSettings.MAX_FUTURE))))
                    .ifPresent(findings::add);
            require(UNSAFE, findings);
            return Status.OK.with("nothing that earlier instances left is missing, and its clock agrees with ours");
        }
    }

    /// Allows a first start from incomplete inputs; every later start resumes from there.
    ///
    /// @return why there was nothing to do, if so
    public Optional<String> startAnew(int inputPartitions) {
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            return new ChangelogCheck(answers, config).startAnew(inputPartitions);
        }
    }

    private static Optional<String> singleReplicas(List<TopicRow> rows) {
        List<String> single = rows.stream()
                .filter(row -> row.state().orElseThrow().replication() == 1)
                .map(TopicRow::name)
                .toList();
        return single.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%d of %d topics have a single replica: if its broker loses its disk, events (revocations too) and decisions are lost. Production needs 3 replicas: set keyward.topics.replication = 3 before topics create, and use kafka-reassign-partitions.sh for these topics: %s."
                                .formatted(single.size(), rows.size(), String.join(", ", single)));
    }

    private static void require(String problem, List<? extends SetupFinding> findings) {
        if (!findings.isEmpty()) {
            throw new CommandFailedException("%s:%n%s".formatted(problem, SetupFinding.text(findings)));
        }
    }

    private static Optional<String> note(String problem, List<TopicFinding> findings) {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of("%s:%n%s".formatted(problem, SetupFinding.text(findings)));
    }

    /// The producer has a limit of its own besides those of the topics.
    private RecordLimits recordLimits(List<TopicRow> rows) {
        int request = StreamsProperties.maxRequestBytes(config);
        return RecordLimits.within(
                Math.min(request, maxRecordBytes(rows, Topic.REROUTED)),
                Math.min(request, maxRecordBytes(rows, Topic.DEAD_LETTERS)));
    }

    private static int maxRecordBytes(List<TopicRow> rows, Topic topic) {
        return rows.stream()
                .filter(row -> row.contract().topic() == topic)
                .mapToInt(row -> row.state().orElseThrow().maxRecordBytes())
                .findFirst()
                .orElseThrow();
    }

    /// Resolves the id of every output schema, which proves that the registry answers and accepts what is
    /// written. An external serde shows this only at the first record.
    ///
    /// @throws CommandFailedException if the registry does not answer within its retries, or refuses a schema
    public void checkSchemas(ValueSerde values) {
        resolving(() -> {
            ValueWriter writer = values.writer();
            RegistryConnection.schemas(config).resolveOutputs(writer);
            if (config.value(VaultSettings.WATCH)) {
                RegistryConnection.schemas(config).resolve(writer, Topics.writtenByTheWatch());
            }
        });
    }

    /// Checks that the topics which an intake writes are there, and that its user may write to them. Otherwise
    /// it would answer every sender with a failure. Their contract is checked by who reads them; an intake's
    /// user may not see their settings.
    ///
    /// @throws CommandFailedException that lists what is not allowed, or else what is missing
    public CheckOutcome checkTopicsOfIntake() {
        List<String> names = config.topics().names().names(Topics.writtenByTheIntake());
        try (AccessCheck access = AccessCheck.connect(config)) {
            access.requireToWrite(names);
            Set<String> found = access.answers().topics(names).keySet();
            require(
                    NOT_READY,
                    names.stream()
                            .filter(name -> !found.contains(name))
                            .map(TopicFinding::absent)
                            .toList());
            return Status.OK.with("all that the intake writes are there, and its user may write them");
        }
    }

    /// Resolves the id of every schema that an intake writes, as [#checkSchemas] does.
    ///
    /// @throws CommandFailedException if the registry does not answer within its retries, or refuses a schema
    public void checkSchemasOfIntake(ValueSerde values) {
        resolving(() -> RegistryConnection.schemas(config).resolve(values.writer(), Topics.writtenByTheIntake()));
    }

    /// Runs what resolves schemas, and explains a failure.
    private static void resolving(Runnable schemas) {
        try {
            schemas.run();
        } catch (RegistryException failure) {
            throw new CommandFailedException(
                    "The schemas of the outputs cannot be resolved: %s. Check keyward.registry.url. Unless keyward.registry.auto.register.schemas is true, register the schemas first: bin/keyward schemas register"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }
}
