package io.keyward.sandbox;

import io.keyward.topology.Outages;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Kafka broker and its controller inside this process: one KRaft node on the loopback address. Its data
/// folder can be opened again later, on the same port or on another one.
///
/// It uses the broker's production classes, so clients in any language see the real protocol.
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final BrokerFolder folder;
    private final KafkaRaftServer server;
    private final int port;
    private boolean closed;

    private EmbeddedKafka(BrokerFolder folder, KafkaRaftServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    /// Starts a broker that keeps all data below `dataDir`. Returns when clients can use it.
    ///
    /// @param port the clients' port; 0 picks a free one
    /// @throws SandboxException if the port is taken, or the folder is in use or cannot be used
    public static EmbeddedKafka start(Path dataDir, int port) {
        return start(dataDir, port, settings -> settings);
    }

    static EmbeddedKafka start(Path dataDir, int port, UnaryOperator<Properties> settings) {
        BrokerFolder folder = BrokerFolder.open(dataDir);
        try {
            return startOn(folder, port == 0 ? LoopbackPorts.free() : port, settings);
        } catch (RuntimeException failure) {
            folder.close();
            throw failure;
        }
    }

    /// The address for `bootstrap.servers`.
    public String bootstrapServers() {
        return LoopbackPorts.HOST + ":" + port;
    }

    /// Stops the broker within half a minute. Acknowledged records stay in the data folder.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (stopped(server)) {
            folder.close();
        } else {
            LOG.warn("The broker did not stop within {} s; its data folder stays locked", CLOSE_LIMIT.toSeconds());
        }
    }

    private static EmbeddedKafka startOn(BrokerFolder folder, int port, UnaryOperator<Properties> settings) {
        LoopbackPorts.requireFree(port);
        int controllerPort = LoopbackPorts.freeOtherThan(port);
        KafkaConfig config = KafkaConfig.fromProps(
                settings.apply(BrokerSettings.of(folder.logDir(), port, controllerPort)), /* doLog= */ false);
        try {
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            startOrStop(server);
            return new EmbeddedKafka(folder, server, port);
        } catch (RuntimeException failure) {
            throw explained(failure, folder, port);
        }
    }

    private static void startOrStop(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException failure) {
            if (!stopped(server)) {
                failure.addSuppressed(new IllegalStateException("the partly started broker did not stop either"));
            }
            throw failure;
        }
    }

    private static boolean stopped(KafkaRaftServer server) {
        Thread stopping = Thread.ofPlatform()
                .name("embedded-kafka-close")
                .daemon()
                .start(() -> {
                    server.shutdown();
                    server.awaitShutdown();
                });
        try {
            return stopping.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static RuntimeException explained(RuntimeException failure, BrokerFolder folder, int port) {
        boolean bindFailed = Outages.causes(failure).anyMatch(BindException.class::isInstance);
        return bindFailed
                ? new PortTakenException(port, failure)
                : new SandboxException(
                        "The Kafka broker cannot start on the data folder %s: %s. Choose another folder with --data, or empty this one."
                                .formatted(folder.root(), failure.getMessage()),
                        failure);
    }
}
