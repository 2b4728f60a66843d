package io.keyward.chaos.cluster;

import io.keyward.testing.process.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// The settings of one broker: a replica on each, all but one of which must have a record before it is acknowledged,
/// and short limits, so that a fault and its end are noticed within seconds.
final class ClusterBrokerSettings {
    static final String CLUSTER = "a2V5d2FyZC1jaGFvcy0wMQ";
    static final String FOLDER = "log.dirs";
    static final String NODE = "node.id";
    static final String CONTROLLERS = "CONTROLLER";

    /// The listener of the load, of the checks and of the other brokers.
    private static final String DIRECT = "DIRECT";

    /// The listener that is advertised under the port of a proxy.
    private static final String PROXIED = "PROXIED";

    /// The ports of one broker; `proxy` passes on to `proxied`.
    record Ports(int direct, int proxied, int proxy, int controller) {}

    private static final Map<String, String> PROMPTNESS = Map.of(
            "broker.session.timeout.ms", "4000",
            "broker.heartbeat.interval.ms", "1000",
            "group.initial.rebalance.delay.ms", "0",
            "group.streams.initial.rebalance.delay.ms", "0",
            "group.streams.min.session.timeout.ms", "6000",
            "group.streams.session.timeout.ms", "6000",
            "group.streams.min.heartbeat.interval.ms", "1000",
            "group.streams.heartbeat.interval.ms", "2000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "file.delete.delay.ms", "1000");

    private static final Map<String, String> FRUGALITY = Map.of(
            "offsets.topic.num.partitions", "6",
            "transaction.state.log.num.partitions", "6",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.index.size.max.bytes", "1048576",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "group.coordinator.threads", "1");

    private ClusterBrokerSettings() {}

    /// @param cluster the ports of every broker, in the order of their ids, which begin at 1
    static Properties of(int id, List<Ports> cluster, Path folder) {
        Ports ports = cluster.get(id - 1);
        Properties settings = new Properties();
        settings.putAll(safety(cluster.size()));
        settings.putAll(PROMPTNESS);
        settings.putAll(FRUGALITY);
        settings.put("process.roles", "broker,controller");
        settings.put(NODE, Integer.toString(id));
        settings.put(FOLDER, folder.toString());
        settings.put(
                "listeners",
                String.join(
                        ",",
                        listener(DIRECT, ports.direct()),
                        listener(PROXIED, ports.proxied()),
                        listener(CONTROLLERS, ports.controller())));
        settings.put(
                "advertised.listeners",
                String.join(",", listener(DIRECT, ports.direct()), listener(PROXIED, ports.proxy())));
        settings.put(
                "listener.security.protocol.map",
                List.of(DIRECT, PROXIED, CONTROLLERS).stream()
                        .map(name -> name + ":PLAINTEXT")
                        .collect(Collectors.joining(",")));
        settings.put("inter.broker.listener.name", DIRECT);
        settings.put("controller.listener.names", CONTROLLERS);
        settings.put("controller.quorum.voters", voters(cluster));
        return settings;
    }

    private static Map<String, String> safety(int brokers) {
        String all = Integer.toString(brokers);
        String enough = Integer.toString(Math.max(1, brokers - 1));
        return Map.of(
                "default.replication.factor", all,
                "min.insync.replicas", enough,
                "offsets.topic.replication.factor", all,
                "transaction.state.log.replication.factor", all,
                "transaction.state.log.min.isr", enough,
                "share.coordinator.state.topic.replication.factor", all,
                "auto.create.topics.enable", "false");
    }

    private static String listener(String name, int port) {
        return name + "://" + FreePorts.HOST + ":" + port;
    }

    private static String voters(List<Ports> cluster) {
        StringBuilder voters = new StringBuilder();
        for (int id = 1; id <= cluster.size(); id++) {
            voters.append(id == 1 ? "" : ",")
                    .append("%d@%s:%d"
                            .formatted(id, FreePorts.HOST, cluster.get(id - 1).controller()));
        }
        return voters.toString();
    }
}
