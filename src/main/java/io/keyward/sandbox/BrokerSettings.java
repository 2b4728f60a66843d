package io.keyward.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// The broker settings of the sandbox: one node, few threads, small buffers, and no waiting for further group
/// members.
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String CLIENT_LISTENER = "PLAINTEXT";

    /// A single node can hold only one replica. The default of 50 partitions per internal topic would delay
    /// startup by seconds on a small machine.
    private static final Map<String, String> INTERNAL_TOPICS = Map.of(
            "offsets.topic.num.partitions", "4",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    /// The broker aborts expired transactions every second. If an instance dies, read-committed consumers
    /// therefore wait only for its own transaction timeout.
    private static final Map<String, String> PROMPTNESS = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "group.streams.initial.rebalance.delay.ms", "0",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "server.max.startup.time.ms", "60000");

    private static final Map<String, String> FRUGALITY = Map.of(
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.index.size.max.bytes", "1048576",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "group.coordinator.threads", "1",
            "auto.create.topics.enable", "false");

    private BrokerSettings() {}

    static Properties of(Path logDir, int port, int controllerPort) {
        String clients = CLIENT_LISTENER + "://" + LoopbackPorts.HOST + ":" + port;
        String controller = LoopbackPorts.HOST + ":" + controllerPort;
        Properties settings = new Properties();
        settings.putAll(INTERNAL_TOPICS);
        settings.putAll(PROMPTNESS);
        settings.putAll(FRUGALITY);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", logDir.toString());
        settings.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        return settings;
    }
}
