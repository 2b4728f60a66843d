package io.keyward.chaos;

import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Folders;
import java.nio.file.Path;

/// What all experiments share: three brokers, a schema registry, and a folder to work in.
record Site(Path folder, Brokers brokers, ClusterView cluster, Registry registry)
        implements AutoCloseable {
    static Site open(Path folder) {
        Registry registry = new Registry(Folders.make(folder.resolve("registry")), FreePorts.one());
        Brokers brokers = Brokers.start(folder);
        Site site = new Site(folder, brokers, new ClusterView(brokers.addresses()), registry);
        try {
            site.cluster.awaitBrokers(Brokers.COUNT);
            return site;
        } catch (RuntimeException | Error failure) {
            site.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        cluster.close();
        brokers.close();
        registry.close();
    }
}
