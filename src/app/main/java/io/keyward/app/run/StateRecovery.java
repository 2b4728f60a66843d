package io.keyward.app.run;

import io.keyward.app.start.ReadAgain;
import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Generations;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.kafka.Stopwatch;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.proof.PublishedOutputs;
import io.keyward.proof.reshard.RowReplacement;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.Bounds;
import io.keyward.topology.CommittedOffsets;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.RefusalLimits;
import io.keyward.topology.RestoredState;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.Tracing;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RocksMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/// Recovers a stopped application whose topics were restored from copies (docs/recovery.md): makes its state
/// consistent, and reads events again without publishing anything. The next start publishes what readers lack.
///
/// Parked partitions of a running application are decided by another application, with a group and changelogs of its
/// own. Its rows then replace those of the parked partitions, which their owner notices.
///
/// It can be stopped or killed at any moment, and run again.
///
/// @param partitions which of each input are read
public record StateRecovery(KeywardConfig config, Flow flow, RestoredState restored, Set<Integer> partitions) {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// A task that works writes to its changelog within one interval of `progress`.
    private static final int SILENT_INTERVALS = 3;

    /// All changes of a partition's rows are one transaction. Brokers accept up to 15 minutes unless told
    /// otherwise.
    private static final int TRANSACTION_LIMIT_MILLIS = 600_000;

    /// What a recovery has found.
    ///
    /// @param records how many records were to be read again
    /// @param unknown the environments that are published but of which no event is there, as `tenant/environment`
    /// @param lost the events that new decisions rest on and that are not there, one line for each
    public record Outcome(long records, Set<String> unknown, List<String> lost) {}

    /// Recovers the state.
    ///
    /// @param configured for any generation: the one that the cluster names is recovered
    /// @param since from when on events are read again
    /// @param wrong the partitions of whose rows none is to be believed; events about them are read from the
    ///     beginning if `since` is before all of them
    /// @throws CommandFailedException if the cluster does not meet the requirements, an instance runs, the
    ///     recovery fails, or the signal is given
    public static Outcome run(KeywardConfig configured, Instant since, Set<Integer> wrong, StopSignal stop) {
        KeywardConfig config = Generations.forRun(configured);
        StartChecks checks = new StartChecks(config);
        checks.checkStateFolder(true);
        checks.checkAccess();
        StartChecks.CheckedTopics layout = checks.checkTopics();
        wrong.stream()
                .filter(partition -> partition < 0 || partition >= layout.inputPartitions())
                .forEach(partition -> {
                    throw new CommandFailedException("There is no partition %d: the inputs have the partitions 0 to %d."
                            .formatted(partition, layout.inputPartitions() - 1));
                });
        ReadAgain again = new ReadAgain(config);
        again.requireChangelogs();
        Plan plan = new Plan(config, layout, since, wrong);
        OptionalLong records = again.from(since, plan.all());
        if (records.isPresent()) {
            return plan.run(records.getAsLong(), plan.all(), stop);
        }
        if (wrong.isEmpty()) {
            throw new CommandFailedException(
                    "The group %s has members: stop all instances of the processor first. A killed one stays a member until its session has expired."
                            .formatted(config.applicationId()));
        }
        return plan.besideTheProcessor(stop);
    }

    /// @param config of the application that reads the inputs again
    private record Plan(KeywardConfig config, StartChecks.CheckedTopics layout, Instant since, Set<Integer> wrong) {
        Set<Integer> all() {
            return IntStream.range(0, layout.inputPartitions()).boxed().collect(Collectors.toUnmodifiableSet());
        }

        /// @param records how many are to be read
        /// @param partitions which of each input are read
        Outcome run(long records, Set<Integer> partitions, StopSignal stop) {
            Map<Topic, Integer> outputs = outputPartitions(config);
            try (RegistryAccess registry = RegistryAccess.open(config);
                    SchemaRegistry schemas = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth())) {
                new StartChecks(config).checkSchemas(registry.values());
                Bounds bounds =
                        config.rules().bounds().withRecords(layout.records()).withRefusals(RefusalLimits.NEVER);
                Flow flow = new Flow(
                        config.topics().names(),
                        layout.inputPartitions(),
                        Instance.profile(config.rules()),
                        bounds,
                        InstantSource.system());
                RestoredState restored = new RestoredState(
                        new PublishedOutputs(
                                new HashMap<>(config.kafka().values()),
                                schemas,
                                config.topics().names(),
                                outputs,
                                layout.inputPartitions(),
                                since)::ofPartition,
                        partitions,
                        wrong);
                new StateRecovery(config, flow, restored, partitions).run(registry, stop);
                return new Outcome(records, restored.unknown(), restored.lost());
            }
        }

        Outcome besideTheProcessor(StopSignal stop) {
            KeywardConfig own = config.forRecovery();
            RowReplacement rows = new RowReplacement(
                    new HashMap<>(config.kafka().values()), config.applicationId(), own.applicationId());
            wrong.stream().filter(partition -> !rows.isDamaged(partition)).forEach(partition -> {
                throw new CommandFailedException(
                        "The group %s has members, and partition %d is not parked: its changelogs hold what was committed. Stop all instances of the processor to decide it from the inputs."
                                .formatted(config.applicationId(), partition));
            });
            Map<TopicPartition, Long> ends = ends();
            Stopwatch stopwatch = Stopwatch.start();
            long records = new ReadAgain(own)
                    .from(since, wrong)
                    .orElseThrow(() -> new CommandFailedException(
                            "The group %s has members: another recovery runs, or was killed less than a session ago."
                                    .formatted(own.applicationId())));
            Outcome outcome = new Plan(own, layout, since, wrong).run(records, wrong, stop);
            Duration silent = config.rules().bounds().progressInterval().multipliedBy(SILENT_INTERVALS);
            if (stop.isGivenWithin(stopwatch.left(silent)) || !ends().equals(ends)) {
                throw new CommandFailedException(
                        "Nothing was replaced: the recovery was stopped, or the processor decides a partition of %s meanwhile."
                                .formatted(wrong));
            }
            rows.run(wrong);
            rows.deleteRepaired();
            return outcome;
        }

        /// Where the changelogs end to which a task that works writes all the time.
        private Map<TopicPartition, Long> ends() {
            String changelog = KeywardTopology.changelog(config.applicationId(), Nodes.TENANTS);
            try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
                return answers.written(wrong.stream()
                        .map(partition -> new TopicPartition(changelog, partition))
                        .toList());
            }
        }
    }

    /// How many partitions each output has that says what stands published.
    private static Map<Topic, Integer> outputPartitions(KeywardConfig config) {
        TopicNames names = config.topics().names();
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        List<Topic> outputs = Topic.withSchema(Topic.Direction.OUT).stream()
                .filter(topic -> topic != Topic.PROGRESS) // it is published again
                .toList();
        new ClusterTopics(config, "")
                .existing(names.names(outputs), AclOperation.READ)
                .forEach((name, count) -> partitions.put(names.topic(name).orElseThrow(), count));
        return partitions;
    }

    private void run(RegistryAccess registry, StopSignal stop) {
        try (RocksMemory memory =
                        new RocksMemory(config.value(StateSettings.MEMORY).bytes());
                Backlog backlog = Backlog.connect(config);
                Membership membership = Membership.of(config)) {
            StreamsRuntime runtime = runtime(registry, memory, membership);
            // What a folder holds of the lost cluster does not belong to the restored changelogs.
            runtime.streams().cleanUp();
            runtime.start();
            try {
                awaitEnd(runtime, backlog, stop);
            } finally {
                runtime.close(CLOSE_LIMIT);
            }
            rethrowFailure(runtime);
        }
    }

    private StreamsRuntime runtime(RegistryAccess registry, RocksMemory memory, Membership membership) {
        Map<String, Object> more = new HashMap<>(membership.settings());
        more.putAll(SelectiveConsumers.settings(partition -> !partitions.contains(partition)));
        more.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_LIMIT_MILLIS);
        StreamsConfig streams = StreamsProperties.checked(config, memory, more);
        Ports ports = new Ports(
                () -> new EventReader(registry.values()),
                () -> new PublicationWriter(registry.values()),
                FlowObserver.NONE,
                CommittedOffsets.NONE, // only outputs would carry them
                new TaskProgress(),
                Tracing.NONE);
        Topology topology = KeywardTopology.buildForRestoredState(
                flow, ports, config.value(StateSettings.STORE), streams, restored);
        return new StreamsRuntime(topology, streams, new RestoreProgress(), membership);
    }

    private void awaitEnd(StreamsRuntime runtime, Backlog backlog, StopSignal stop) {
        while (!restored.isDone() || !backlog.undecided(partitions::contains).isEmpty()) {
            if (stop.isGivenWithin(PAUSE)) {
                throw new CommandFailedException("The recovery was stopped before its end. Run it again.");
            }
            if (runtime.ended().isDone()) {
                rethrowFailure(runtime);
                throw new CommandFailedException("The recovery has ended too early. Run it again.");
            }
        }
    }

    private void rethrowFailure(StreamsRuntime runtime) {
        runtime.failure().ifPresent(failure -> {
            throw new CommandFailedException(
                    "The recovery has failed: " + new FailureAdvice(config).explain(failure), failure);
        });
    }
}
