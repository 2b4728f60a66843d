package io.keyward.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What all experiments share: three brokers, a schema registry, and a folder to work in.
record Site(Path folder, FreePorts ports, Brokers brokers, ClusterView cluster, Registry registry)
        implements AutoCloseable {
    static Site open(Path folder) {
        FreePorts ports = new FreePorts();
        try {
            Files.createDirectories(folder.resolve("registry"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Registry registry = new Registry(folder.resolve("registry"), ports.next());
        Brokers brokers = Brokers.start(folder, ports);
        Site site = new Site(folder, ports, brokers, new ClusterView(brokers.addresses()), registry);
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
