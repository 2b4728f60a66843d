package io.keyward.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services that the processor needs, inside this process: a Kafka broker, a schema registry and the key
/// vaults of the sample's customers.
public final class SandboxServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServices.class);

    private final EmbeddedSchemaRegistry registry;
    private final EmbeddedKeyVault vault;
    private final EmbeddedKafka kafka;

    private SandboxServices(EmbeddedSchemaRegistry registry, EmbeddedKeyVault vault, EmbeddedKafka kafka) {
        this.registry = registry;
        this.vault = vault;
        this.kafka = kafka;
    }

    /// Starts all services with the data in the folder; port 0 picks a free one.
    ///
    /// @param sample whose keys the vaults contain
    /// @throws SandboxException if a port is taken, or the folder is in use or cannot be used
    public static SandboxServices start(
            SandboxFolder folder, SampleFeed sample, int kafkaPort, int registryPort, int vaultPort) {
        LoopbackPorts.requireFree(kafkaPort);
        LoopbackPorts.requireFree(registryPort);
        LoopbackPorts.requireFree(vaultPort);
        EmbeddedSchemaRegistry registry =
                EmbeddedSchemaRegistry.start(Optional.of(folder.registry()), LoopbackPorts.HOST, registryPort);
        try {
            return withVault(registry, folder, sample, kafkaPort, vaultPort);
        } catch (RuntimeException failure) {
            registry.close();
            throw failure;
        }
    }

    private static SandboxServices withVault(
            EmbeddedSchemaRegistry registry, SandboxFolder folder, SampleFeed sample, int kafkaPort, int vaultPort) {
        EmbeddedKeyVault vault = EmbeddedKeyVault.start(Optional.of(folder.vault()), vaultPort, Clock.systemUTC());
        try {
            SampleVaults.open(sample, vault.vaults());
            return new SandboxServices(registry, vault, EmbeddedKafka.start(folder.kafka(), kafkaPort));
        } catch (RuntimeException failure) {
            vault.close();
            throw failure;
        }
    }

    /// Checks that this build contains a broker. The production image does not.
    ///
    /// @throws SandboxException if there is no broker
    public static void requireBroker() {
        try {
            Class.forName("kafka.server.KafkaRaftServer", false, SandboxServices.class.getClassLoader());
        } catch (ClassNotFoundException leftOut) {
            throw new SandboxException(
                    "The sandbox cannot run here: it needs a Kafka broker, which the production image does not contain. Run bin/keyward sandbox in the source tree.",
                    leftOut);
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public URI registryUrl() {
        return registry.url();
    }

    public URI vaultUrl() {
        return vault.url();
    }

    @Override
    public void close() {
        registry.close();
        vault.close();
        try {
            kafka.close();
        } catch (RuntimeException failure) {
            LOG.warn("The broker did not stop cleanly", failure);
        }
    }
}
