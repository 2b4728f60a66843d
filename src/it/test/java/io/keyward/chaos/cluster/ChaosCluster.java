package io.keyward.chaos.cluster;

import io.keyward.testing.process.Folders;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Path;

/// What all experiments share: brokers, a schema registry, and a working folder.
public record ChaosCluster(Path folder, Brokers brokers, ClusterView view, RestartableRegistry registry)
        implements AutoCloseable {
    public static ChaosCluster open(Path folder, int brokerCount) {
        RestartableRegistry registry =
                new RestartableRegistry(Folders.make(folder.resolve("registry")), FreePorts.one());
        Brokers brokers = Brokers.start(folder, brokerCount);
        ChaosCluster cluster = new ChaosCluster(folder, brokers, new ClusterView(brokers.addresses()), registry);
        try {
            cluster.view.awaitBrokers(brokerCount);
            return cluster;
        } catch (RuntimeException | Error failure) {
            cluster.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        view.close();
        brokers.close();
        registry.close();
    }
}
