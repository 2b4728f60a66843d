package io.keyward.chaos.cluster;

import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Kafka brokers, each a process and a controller, reachable directly and through a proxy.
public final class Brokers implements AutoCloseable {
    private final Path folder;
    private final List<ClusterBrokerSettings.Ports> ports;
    private final List<TcpProxy> proxies;
    private final List<ChildJvm> processes = new ArrayList<>();

    private Brokers(Path folder, List<ClusterBrokerSettings.Ports> ports) {
        this.folder = folder;
        this.ports = ports;
        proxies = ports.stream()
                .map(broker -> TcpProxy.listen(broker.proxy(), broker.proxied()))
                .toList();
    }

    /// Starts that many; the caller waits until they answer.
    static Brokers start(Path folder, int count) {
        List<ClusterBrokerSettings.Ports> ports = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            ports.add(new ClusterBrokerSettings.Ports(
                    FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one()));
        }
        Brokers brokers = new Brokers(folder, ports);
        try {
            for (int id = 1; id <= count; id++) {
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
    public String addresses() {
        return addresses(ClusterBrokerSettings.Ports::direct);
    }

    /// The addresses behind the proxies.
    public String proxiedAddresses() {
        return addresses(ClusterBrokerSettings.Ports::proxy);
    }

    /// The log folder of each broker.
    public List<Path> logs() {
        return IntStream.rangeClosed(1, count()).mapToObj(this::logs).toList();
    }

    private Path logs(int id) {
        return folder.resolve("broker-" + id);
    }

    public int count() {
        return ports.size();
    }

    /// Sends SIGSTOP to every broker, and SIGCONT when what is returned is run.
    public Runnable freeze() {
        List<ChildJvm.Paused> frozen = processes.stream().map(ChildJvm::freeze).toList();
        return () -> frozen.forEach(ChildJvm.Paused::close);
    }

    /// Sends SIGKILL to the broker with that id.
    public void kill(int id) {
        processes.get(id - 1).kill();
    }

    /// Starts the broker with that id again on its data.
    public void restart(int id) {
        processes.set(id - 1, process(id));
    }

    /// Holds back every byte in the proxies until [#letThrough()].
    public void holdBack() {
        proxies.forEach(TcpProxy::holdBack);
    }

    public void letThrough() {
        proxies.forEach(TcpProxy::letThrough);
    }

    private String addresses(ToIntFunction<ClusterBrokerSettings.Ports> port) {
        return ports.stream()
                .map(broker -> FreePorts.HOST + ":" + port.applyAsInt(broker))
                .collect(Collectors.joining(","));
    }

    private ChildJvm process(int id) {
        return ChildJvm.start(
                "broker " + id,
                ChildJvm.Program.of(ClusterBroker.class, settings(id)).small(),
                folder.resolve("broker-%d.log".formatted(id)));
    }

    private void write(int id) {
        try (Writer file = Files.newBufferedWriter(settings(id))) {
            ClusterBrokerSettings.of(id, ports, logs(id)).store(file, null);
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
