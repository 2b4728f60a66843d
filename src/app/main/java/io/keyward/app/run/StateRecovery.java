package io.keyward.app.run;

import io.keyward.app.start.ReadAgain;
import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Generations;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.proof.PublishedOutputs;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.Bounds;
import io.keyward.topology.CommittedPositions;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.RefusalLimits;
import io.keyward.topology.RestoredState;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.Tracing;
import io.keyward.topology.store.RocksMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/// Recovers a stopped application whose topics were restored from copies (docs/recovery.md): makes its state
/// consistent, and reads events again without publishing anything. The next start publishes what readers lack.
///
/// It can be stopped or killed at any moment, and run again.
public record StateRecovery(KeywardConfig config, Flow flow, RestoredState restored) {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

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
        Map<Topic, Integer> outputs = outputPartitions(config);
        try (RegistryAccess registry = RegistryAccess.open(config);
                SchemaRegistry schemas = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth())) {
            checks.checkSchemas(registry.values());
            long records = new ReadAgain(config).from(since, layout.inputPartitions());
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
                    wrong);
            new StateRecovery(config, flow, restored).run(registry, stop);
            return new Outcome(records, restored.unknown(), restored.lost());
        }
    }

    /// How many partitions each output has that says what stands published.
    private static Map<Topic, Integer> outputPartitions(KeywardConfig config) {
        TopicNames names = config.topics().names();
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        List<Topic> outputs = Topic.withSchema(Topic.Direction.OUT).stream()
                .filter(topic -> topic != Topic.PROGRESS) // it is said anew
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
        more.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_LIMIT_MILLIS);
        StreamsConfig streams = StreamsProperties.checked(config, memory, more);
        Ports ports = new Ports(
                () -> new EventReader(registry.values()),
                () -> new PublicationWriter(registry.values()),
                FlowObserver.NONE,
                CommittedPositions.NONE, // only outputs would carry them
                new TaskProgress(),
                Tracing.NONE);
        Topology topology = KeywardTopology.buildForRestoredState(
                flow, ports, config.value(StateSettings.STORE), streams, restored);
        return new StreamsRuntime(topology, streams, new RestoreProgress(), membership);
    }

    private void awaitEnd(StreamsRuntime runtime, Backlog backlog, StopSignal stop) {
        while (restored.done().size() < flow.partitions()
                || !backlog.undecided().isEmpty()) {
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
