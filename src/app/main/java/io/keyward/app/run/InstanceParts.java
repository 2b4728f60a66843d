package io.keyward.app.run;

import io.keyward.app.start.StateFolderWatch;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.config.AdminSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RenewedTls;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.config.VaultSettings;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.KafkaHealth;
import io.keyward.ops.health.KafkaWatch;
import io.keyward.ops.health.OutageLines;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.ops.health.StallWatch;
import io.keyward.ops.health.StreamsHealth;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.TopologyPage;
import io.keyward.ops.metrics.CommitAges;
import io.keyward.ops.metrics.KeywardMetrics;
import io.keyward.ops.metrics.StateGaugesSnapshot;
import io.keyward.ops.tracing.OpenTelemetryTracing;
import io.keyward.topology.Flow;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.TopologyPicture;
import io.keyward.topology.Tracing;
import io.keyward.topology.read.GroupOffsets;
import io.keyward.topology.store.ActiveKeys;
import io.keyward.topology.store.ActiveStores;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreScanner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of an instance, assembled in one place and closed in the reverse order.
///
/// @param parts all of them, in the order in which they were made
record InstanceParts(StreamsRuntime runtime, Optional<KeyWatchAssembly> watch, HttpEndpoint http, Assembly parts)
        implements Assembled {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceParts.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    /// Assembles an instance, of which only the HTTP endpoint runs yet. A failure closes every part.
    static InstanceParts assemble(KeywardConfig config, Flow flow, RegistryAccess registry) {
        return Assembly.assemble(made -> assemble(config, flow, registry, made));
    }

    private static InstanceParts assemble(KeywardConfig config, Flow flow, RegistryAccess registry, Assembly made) {
        // What is made last ends first.
        AtomicBoolean stopped = new AtomicBoolean(true);
        RocksMemory memory = new RocksMemory(config.value(StateSettings.MEMORY).bytes());
        made.add(memory, () -> closeUnlessUsed(memory, stopped.get()));
        KeywardMetrics metrics = made.add(
                new KeywardMetrics(ProductVersion.current(), flow.profile(), InstantSource.system(), System::nanoTime));
        Optional<OpenTelemetryTracing> tracing =
                OpenTelemetryTracing.start(config, "keyward", ProductVersion.current());
        tracing.ifPresent(made::add);
        Assembly pages = made.add(new Assembly());
        KafkaHealth answers =
                new KafkaHealth(config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS), System::nanoTime);
        made.add(OutageLines.leaveOut(answers));
        GroupOffsets positions = made.add(new GroupOffsets(
                AdminSettings.from(config.kafka()).values(),
                config.applicationId(),
                config.topics().names()));
        Membership membership = made.add(Membership.of(config));
        TaskProgress progress = new TaskProgress();
        Map<String, Object> more = new HashMap<>(membership.settings());
        more.putAll(StreamsProperties.noting(progress, config));
        more.putAll(SelectiveConsumers.settings(progress.parked()));
        StreamsConfig streams = StreamsProperties.checked(config, memory, more);
        Topology topology = KeywardTopology.build(
                flow,
                new Ports(
                        () -> new EventReader(registry.values()),
                        () -> new PublicationWriter(registry.values()),
                        metrics.flow(),
                        positions,
                        progress,
                        tracing.<Tracing>map(on -> on).orElse(Tracing.NONE)),
                config.value(StateSettings.STORE),
                streams);
        RestoreProgress restore = new RestoreProgress();
        StreamsRuntime runtime = new StreamsRuntime(topology, streams, restore, membership);
        made.add(runtime, () -> stopped.set(runtime.close(CLOSE_LIMIT)));
        metrics.watch(runtime.streams()::metrics, restore);
        metrics.watch(registry.health());
        CommitAges commits = new CommitAges(runtime.streams()::metrics, System::nanoTime);
        metrics.watch(answers, commits);
        metrics.watch(progress.time());
        StateFolderWatch disk = made.add(StateFolderWatch.start(config));
        metrics.watchState(disk::problem, () -> progress.faults().size());
        StallWatch stalls = made.add(StallWatch.start(
                runtime.streams(),
                () -> Backlog.coordinatorAnswers(config),
                config.value(KeywardConfig.STALLED_AFTER)));
        HealthSource health = StreamsHealth.of(
                runtime.streams(),
                restore,
                List.of(
                        new StreamsHealth.ReadinessCheck("Schema registry", registry.health()::problem),
                        new StreamsHealth.ReadinessCheck("Kafka", answers::problem),
                        new StreamsHealth.ReadinessCheck("Disk", disk::problem),
                        new StreamsHealth.ReadinessCheck("State", () -> parked(progress))),
                stalls::problems);
        metrics.watch(health);
        RenewedTls.expiry(config.kafka().values()).ifPresent(metrics::watchClients);
        // The watch and the scanner end before the stores do.
        ActiveStores stores = ActiveStores.of(runtime.streams());
        ActiveKeys keys = new ActiveKeys(stores, flow.partitions());
        Optional<KeyWatchAssembly> watch =
                watch(config, registry, keys, metrics).map(made::add);
        StateGaugesSnapshot stateGauges =
                new StateGaugesSnapshot(stores::partitions, flow.profile().sinks(), System::nanoTime);
        metrics.watch(stateGauges);
        made.add(StoreScanner.start(
                stores,
                watch.isPresent() ? List.of(stateGauges, keys) : List.of(stateGauges),
                watch.map(_ -> config.value(VaultSettings.REFRESH))));
        HttpEndpoint http = pages.add(ServedPages.start(config.http(), 0, endpoints(metrics, health, topology)));
        metrics.watch(http);
        ServedPages.startProbes(config.http(), health).ifPresent(pages::add);
        made.add(InputEndsWatch.start(config, progress));
        made.add(KafkaWatch.start(config.kafka().values(), answers, commits::poll));
        // No thread shall wait for the registry any longer.
        made.add(registry);
        made.add(RegistryWatch.start(config, registry.health(), RegistryWatch.PERIOD));
        return new InstanceParts(runtime, watch, http, made);
    }

    /// The memory is only closed when no store can use it any more.
    private static void closeUnlessUsed(RocksMemory memory, boolean stopped) {
        if (stopped) {
            memory.close();
        } else {
            LOG.warn("The stream threads did not stop within {} s", CLOSE_LIMIT.toSeconds());
        }
    }

    private static Optional<String> parked(TaskProgress progress) {
        return progress.faults().isEmpty()
                ? Optional.empty()
                : Optional.of(progress.faults().entrySet().stream()
                        .map(parked -> "partition %d is parked (%s)".formatted(parked.getKey(), parked.getValue()))
                        .collect(Collectors.joining(
                                "; ",
                                "",
                                ". Their inputs wait until they are repaired: bin/keyward recover --from-inputs.")));
    }

    private static Optional<KeyWatchAssembly> watch(
            KeywardConfig config, RegistryAccess registry, ActiveKeys keys, KeywardMetrics metrics) {
        return config.value(VaultSettings.WATCH)
                ? Optional.of(KeyWatchAssembly.create(config, registry.values(), keys, metrics))
                : Optional.empty();
    }

    private static List<Endpoint> endpoints(KeywardMetrics metrics, HealthSource health, Topology topology) {
        List<Endpoint> pages = new ArrayList<>(ServedPages.operations(metrics.page(), health));
        pages.add(TopologyPage.of(
                () -> topology.describe().toString(), () -> TopologyPicture.mermaid(topology.describe())));
        return pages;
    }
}
