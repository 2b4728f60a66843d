package io.keyward.chaos;

import io.keyward.testing.process.Folders;
import io.keyward.app.cluster.TopicAdmin;
import io.keyward.app.config.KeywardConfig;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;

/// All that one experiment needs, put together in one place and taken apart again: topics, a load, a follower, and a
/// fleet that is starting.
record Stage(Connection connection, Load load, Scene scene) implements AutoCloseable {
    private static final int PARTITIONS = 4;

    static Stage set(Experiment experiment, Site site, List<Guarantee> guarantees) {
        Map<String, String> settings = settings(experiment, site);
        Connection connection = connect(settings, site);
        Random random = new Random(experiment.seed());
        Wire wire = new Wire(connection);
        Pulses pulses = new Pulses(wire, PARTITIONS);
        Load load = new Load(connection, sources(pulses, wire, guarantees, random), new Random(random.nextLong()));
        Fleet fleet = fleet(experiment, site, settings);
        Follower follower = new Follower(connection);
        Scene scene = new Scene(
                site,
                fleet,
                wire,
                new Scene.Watch(pulses, follower, PARTITIONS),
                experiment.name(),
                new Random(random.nextLong()));
        for (int n = 0; n < experiment.fault().instances(); n++) {
            fleet.add();
        }
        return new Stage(connection, load, scene);
    }

    /// Waits until the group has committed all that was sent, and no transaction is open any more.
    void awaitAllDecided() {
        ClusterView cluster = scene.site().cluster();
        scene.fleet()
                .await(
                        "all of the load is decided and committed",
                        () -> cluster.hasCommittedAll(scene.group(), connection.inputs())
                                && cluster.isSettled(connection.all()));
    }

    /// All that was published.
    Outputs outputs() {
        return new OutputTopics(connection).read();
    }

    /// What every instance is configured with; the group has the experiment's name.
    private static Map<String, String> settings(Experiment experiment, Site site) {
        Map<String, String> settings = new HashMap<>(experiment.variant().settings());
        Brokers brokers = site.brokers();
        settings.put(
                "keyward.kafka.bootstrap.servers",
                experiment.fault().proxied() ? brokers.proxiedAddresses() : brokers.addresses());
        settings.put("keyward.registry.url", site.registry().url());
        settings.put("keyward.application.id", experiment.name());
        settings.put("keyward.topics.prefix", experiment.name() + ".");
        settings.put("keyward.topics.partitions", Integer.toString(PARTITIONS));
        settings.put("keyward.topics.replication", Integer.toString(Brokers.COUNT));
        settings.put("keyward.state.memory", "16 MiB");
        return settings;
    }

    private static Connection connect(Map<String, String> settings, Site site) {
        Properties properties = new Properties();
        properties.putAll(settings);
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of(), properties);
        try (TopicAdmin topics = TopicAdmin.connect(config)) {
            topics.create();
        }
        return new Connection(
                site.brokers().addresses(),
                config.topics().names(),
                PARTITIONS,
                SchemaRegistry.connect(config.registrySettings(), new RegistryHealth()));
    }

    private static Fleet fleet(Experiment experiment, Site site, Map<String, String> settings) {
        Path folder = Folders.make(site.folder().resolve(experiment.name()));
        Optional<Disk> disk =
                experiment.fault().smallDisk() ? Optional.of(Disk.at(Fleet.stateOfFirst(folder))) : Optional.empty();
        return new Fleet(new Fleet.Settings(folder, settings, experiment.main(), disk));
    }

    private static List<Source> sources(Pulses pulses, Wire wire, List<Guarantee> guarantees, Random random) {
        List<Source> sources = new ArrayList<>(Collections.nCopies(4, pulses));
        Misplacement misplacement = new Misplacement(new Random(random.nextLong()), PARTITIONS);
        guarantees.forEach(
                guarantee -> sources.addAll(guarantee.sources(wire, new Random(random.nextLong()), misplacement)));
        return sources;
    }

    /// Ends every process of the experiment, and takes its topics away.
    @Override
    public void close() {
        scene.fleet().close();
        load.close();
        scene.watch().follower().close();
        scene.site().cluster().deleteTopics(scene.group());
        connection.registry().close();
    }
}
