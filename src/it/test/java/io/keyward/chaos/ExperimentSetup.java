package io.keyward.chaos;

import io.keyward.chaos.cluster.Brokers;
import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.chaos.cluster.ClusterView;
import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.chaos.cluster.FencedProducers;
import io.keyward.chaos.cluster.OutputTopics;
import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.fault.Disk;
import io.keyward.chaos.fault.FaultContext;
import io.keyward.chaos.fault.Fleet;
import io.keyward.chaos.fault.Traffic;
import io.keyward.chaos.guarantee.Guarantee;
import io.keyward.chaos.guarantee.Violation;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Load;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.ProgressEvents;
import io.keyward.chaos.load.ProgressFollower;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Report;
import io.keyward.proof.StateVerification;
import io.keyward.proof.Subject;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.testing.process.Folders;
import io.keyward.topology.contract.RuleProfiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;

/// Creates and removes what one experiment needs: topics, a load, a follower, and a fleet that is starting.
record ExperimentSetup(ExperimentTopics topics, Load load, FaultContext context) implements AutoCloseable {
    private static final int PARTITIONS = 4;

    static ExperimentSetup create(Experiment experiment, ChaosCluster cluster, List<Guarantee> guarantees) {
        Map<String, String> settings = settings(experiment, cluster);
        ExperimentTopics topics = createTopics(settings, cluster);
        Random random = new Random(experiment.seed());
        EventEncoder encoder = new EventEncoder(topics);
        ProgressEvents progressEvents = new ProgressEvents(encoder, PARTITIONS);
        Load load = new Load(
                topics,
                sources(progressEvents, PARTITIONS, encoder, guarantees, random),
                new Random(random.nextLong()));
        Fleet fleet = fleet(experiment, cluster, settings);
        ProgressFollower follower = new ProgressFollower(topics);
        FaultContext context = new FaultContext(
                cluster,
                fleet,
                new Traffic(topics, load, encoder),
                new FaultContext.Progress(progressEvents, follower, PARTITIONS),
                new FencedProducers(),
                experiment.name(),
                new Random(random.nextLong()));
        for (int n = 0; n < experiment.fault().instances(); n++) {
            fleet.add();
        }
        return new ExperimentSetup(topics, load, context);
    }

    /// Waits until all deadlines that have passed are stated, the group has committed all that was sent, and no
    /// transaction is open any more.
    void awaitAllDecided() {
        ClusterView cluster = context.cluster().view();
        List<ReferenceTenant> right = load.history().model().tenants();
        context.fleet().await("all deadlines that have passed are stated", () -> areReached(right));
        context.fleet()
                .await(
                        "all of the load is decided and committed",
                        () -> cluster.hasCommittedAll(context.group(), topics.inputs())
                                && cluster.isSettled(topics.all()));
    }

    /// Whether each tenant is known to have reached the last deadline.
    private boolean areReached(List<ReferenceTenant> right) {
        return areReached(topics, right);
    }

    static boolean areReached(ExperimentTopics topics, List<ReferenceTenant> right) {
        Map<TenantId, Instant> reached = new OutputTopics(topics).timesReached();
        return right.stream()
                .allMatch(tenant -> tenant.timeReached()
                        .filter(due ->
                                reached.getOrDefault(tenant.id(), Instant.MIN).isBefore(due))
                        .isEmpty());
    }

    /// All that was published.
    Outputs outputs() {
        return new OutputTopics(topics).read();
    }

    /// What paused instances have committed although others had their tasks.
    List<Violation> fencedViolations() {
        Brokers brokers = context.cluster().brokers();
        return context.fenced().committed(brokers.logs(), context.group()).stream()
                .map(Violation::doubled)
                .toList();
    }

    /// What `verify state` finds, and what it cannot verify.
    List<Violation> stateViolations() {
        return stateViolations(topics, context.group());
    }

    static List<Violation> stateViolations(ExperimentTopics topics, String group) {
        Report report = StateVerification.run(
                new Subject(
                        Map.of("bootstrap.servers", topics.addresses()),
                        group,
                        topics.names(),
                        RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                        topics.registry()),
                ProofProgress.NONE,
                Duration.ofSeconds(60));
        return Stream.concat(report.findings().stream(), report.unverifiable().stream())
                .map(left -> Violation.lost(left.toString()))
                .toList();
    }

    /// The configuration of every instance; the group has the experiment's name.
    private static Map<String, String> settings(Experiment experiment, ChaosCluster cluster) {
        Map<String, String> settings = new HashMap<>(experiment.variant().settings());
        settings.putAll(experiment.fault().settings());
        Brokers brokers = cluster.brokers();
        settings.put(
                "keyward.kafka.bootstrap.servers",
                experiment.fault().proxied() ? brokers.proxiedAddresses() : brokers.addresses());
        settings.put("keyward.registry.url", cluster.registry().url());
        settings.put("keyward.application.id", experiment.name());
        settings.put("keyward.topics.prefix", experiment.name() + ".");
        settings.put("keyward.topics.partitions", Integer.toString(PARTITIONS));
        settings.put("keyward.topics.replication", Integer.toString(brokers.count()));
        settings.put("keyward.state.memory", "16 MiB");
        return settings;
    }

    static ExperimentTopics createTopics(Map<String, String> settings, ChaosCluster cluster) {
        Properties properties = new Properties();
        properties.putAll(settings);
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of(), properties);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.create();
        }
        return new ExperimentTopics(
                cluster.brokers().addresses(),
                config.topics().names(),
                Integer.parseInt(settings.get("keyward.topics.partitions")),
                SchemaRegistry.connect(config.registrySettings(), new RegistryHealth()));
    }

    private static Fleet fleet(Experiment experiment, ChaosCluster cluster, Map<String, String> settings) {
        Path folder = Folders.make(cluster.folder().resolve(experiment.name()));
        Optional<Disk> disk = experiment.fault().smallDisk()
                ? Optional.of(Disk.at(Fleet.firstStateFolder(folder)))
                : Optional.empty();
        return new Fleet(new Fleet.Settings(folder, settings, experiment.main(), disk));
    }

    static List<InputSource> sources(
            ProgressEvents progressEvents,
            int partitions,
            EventEncoder encoder,
            List<Guarantee> guarantees,
            Random random) {
        List<InputSource> sources = new ArrayList<>(Collections.nCopies(4, progressEvents));
        Misplacement misplacement = new Misplacement(new Random(random.nextLong()), partitions);
        guarantees.forEach(
                guarantee -> sources.addAll(guarantee.sources(encoder, new Random(random.nextLong()), misplacement)));
        return sources;
    }

    /// Ends every process of the experiment, and deletes its topics.
    @Override
    public void close() {
        context.fleet().close();
        load.close();
        context.progress().follower().close();
        context.cluster().view().deleteTopics(context.group());
        topics.registry().close();
    }
}
