package io.keyward.sandbox;

import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import io.keyward.sandbox.azure.EventHubs;
import io.keyward.sandbox.azure.EventSchema;
import io.keyward.sandbox.azure.Subscription;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services that the processor needs, inside this process: a Kafka broker, a schema registry and the key
/// vaults of the sample's customers.
public record SandboxServices(EmbeddedSchemaRegistry registry, EmbeddedKeyVault vault, EmbeddedKafka kafka)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServices.class);

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
            return new SandboxServices(registry, vault, kafka(folder, kafkaPort));
        } catch (RuntimeException failure) {
            vault.close();
            throw failure;
        }
    }

    private static EmbeddedKafka kafka(SandboxFolder folder, int port) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.kafka(), port);
        try {
            LostTransactions.abort(kafka.bootstrapServers());
            return kafka;
        } catch (RuntimeException failure) {
            kafka.close();
            throw failure;
        }
    }

    /// Writes what an intake must know of the sample's tenants, and creates the Event Hubs of their audit logs.
    public void prepareIntake(SandboxFolder folder, SampleFeed sample) {
        Set<TenantId> tenants = tenants(SampleVaults.users(sample));
        IntakeFiles.in(folder).write(tenants, kafka.bootstrapServers());
        EventHubs.create(kafka.bootstrapServers(), tenants);
    }

    /// Emits from now on what Azure would emit about the vaults, to the tenants of the sample.
    ///
    /// @param intake the address of the intake
    /// @param observer is told what has been taken, on any thread
    public AzureEmission emit(SandboxFolder folder, SampleFeed sample, URI intake, Consumer<Emitted> observer) {
        Map<String, Set<TenantId>> users = SampleVaults.users(sample);
        IntakeFiles files = IntakeFiles.in(folder);
        List<Subscription> subscriptions = new ArrayList<>();
        for (TenantId tenant : tenants(users)) {
            // One tenant after another, so that both schemas are tried.
            EventSchema schema = subscriptions.size() % 2 == 0 ? EventSchema.CLOUD_EVENTS : EventSchema.EVENT_GRID;
            subscriptions.add(new Subscription(
                    tenant, intake.resolve("/intake/eventgrid/" + tenant), files.secret(tenant), schema));
        }
        EventHubs hubs = EventHubs.open(kafka.bootstrapServers());
        return new AzureEmission(vault.vaults(), users, subscriptions, hubs, observer);
    }

    private static Set<TenantId> tenants(Map<String, Set<TenantId>> users) {
        Set<TenantId> tenants = new TreeSet<>(Comparator.comparing(TenantId::value));
        users.values().forEach(tenants::addAll);
        return tenants;
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
