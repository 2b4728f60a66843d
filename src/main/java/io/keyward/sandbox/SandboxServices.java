package io.keyward.sandbox;

import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the processor needs around it, inside this process: a Kafka broker and a schema registry.
public final class SandboxServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServices.class);

    private final EmbeddedSchemaRegistry registry;
    private final EmbeddedKafka kafka;

    private SandboxServices(EmbeddedSchemaRegistry registry, EmbeddedKafka kafka) {
        this.registry = registry;
        this.kafka = kafka;
    }

    /// Starts everything, from what the folder holds; port 0 picks a free one.
    ///
    /// @throws SandboxException if a port is taken, or the folder is in use or cannot be used
    public static SandboxServices start(SandboxFolder folder, int kafkaPort, int registryPort) {
        LoopbackPorts.requireFree(kafkaPort);
        LoopbackPorts.requireFree(registryPort);
        EmbeddedSchemaRegistry registry =
                EmbeddedSchemaRegistry.start(Optional.of(folder.registry()), LoopbackPorts.HOST, registryPort);
        try {
            return new SandboxServices(registry, EmbeddedKafka.start(folder.kafka(), kafkaPort));
        } catch (RuntimeException failure) {
            registry.close();
            throw failure;
        }
    }

    /// Makes sure that a port of the loopback address can be listened on.
    ///
    /// @throws PortTakenException if somebody else does
    public static void requireFree(int port) {
        LoopbackPorts.requireFree(port);
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public URI registryUrl() {
        return registry.url();
    }

    @Override
    public void close() {
        registry.close();
        try {
            kafka.close();
        } catch (RuntimeException failure) {
            LOG.warn("The broker did not stop cleanly", failure);
        }
    }
}
