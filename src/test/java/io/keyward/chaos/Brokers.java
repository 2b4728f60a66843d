package io.keyward.chaos;

import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// Three Kafka brokers, each a process and a controller, each to be reached directly and through a proxy.
final class Brokers implements AutoCloseable {
    static final int COUNT = 3;

    private final Path folder;
    private final List<BrokerSettings.Ports> ports;
    private final List<TcpProxy> proxies;
    private final List<ChildJvm> processes = new ArrayList<>();

    private Brokers(Path folder, List<BrokerSettings.Ports> ports) {
        this.folder = folder;
        this.ports = ports;
        proxies = ports.stream()
                .map(broker -> TcpProxy.listen(broker.proxy(), broker.proxied()))
                .toList();
    }

    /// Starts all three; that they can be used is for the caller to wait for.
    static Brokers start(Path folder) {
        List<BrokerSettings.Ports> ports = new ArrayList<>();
        for (int id = 1; id <= COUNT; id++) {
            ports.add(new BrokerSettings.Ports(FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one()));
        }
        Brokers brokers = new Brokers(folder, ports);
        try {
            for (int id = 1; id <= COUNT; id++) {
                brokers.write(id);
                brokers.processes.add(brokers.process(id));
            }
            return brokers;
        } catch (RuntimeException failure) {
            brokers.close();
            throw failure;
        }
    }

    /// The addresses for the load and the checks.
    String addresses() {
        return addresses(BrokerSettings.Ports::direct);
    }

    /// The addresses behind the proxies.
    String proxiedAddresses() {
        return addresses(BrokerSettings.Ports::proxy);
    }

    /// Sends SIGKILL to the broker with that id.
    void kill(int id) {
        processes.get(id - 1).kill();
    }

    /// Starts the broker with that id again, on what it had written.
    void restart(int id) {
        processes.set(id - 1, process(id));
    }

    /// Nothing passes through any proxy until [#letThrough()].
    void holdBack() {
        proxies.forEach(TcpProxy::holdBack);
    }

    void letThrough() {
        proxies.forEach(TcpProxy::letThrough);
    }

    private String addresses(ToIntFunction<BrokerSettings.Ports> port) {
        return ports.stream()
                .map(broker -> FreePorts.HOST + ":" + port.applyAsInt(broker))
                .collect(Collectors.joining(","));
    }

    private ChildJvm process(int id) {
        return ChildJvm.start(
                "broker " + id,
                ChildJvm.Program.of(BrokerMain.class, settings(id)).small(),
                folder.resolve("broker-%d.log".formatted(id)));
    }

    private void write(int id) {
        try (Writer file = Files.newBufferedWriter(settings(id))) {
            BrokerSettings.of(id, ports, folder.resolve("broker-" + id)).store(file, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path settings(int id) {
        return folder.resolve("broker-%d.properties".formatted(id));
    }

    @Override
    public void close() {
        processes.forEach(ChildJvm::close);
        proxies.forEach(TcpProxy::close);
    }
}
