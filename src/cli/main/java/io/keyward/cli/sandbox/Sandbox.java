package io.keyward.cli.sandbox;

import io.keyward.app.run.Assembled;
import io.keyward.app.run.Assembly;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.SchemaFinding;
import io.keyward.cluster.SetupFinding;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.config.SandboxAddresses;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.sandbox.EmbeddedKeyVault;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.sandbox.IntakeFiles;
import io.keyward.sandbox.LoopbackPorts;
import io.keyward.sandbox.LostTransactions;
import io.keyward.sandbox.SampleFeed;
import io.keyward.sandbox.SampleVaults;
import io.keyward.sandbox.SandboxException;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import io.keyward.sandbox.azure.EventSchema;
import io.keyward.sandbox.azure.Subscription;
import io.keyward.sandbox.vault.Vaults;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services that a processor needs, inside this process: a Kafka broker with every topic, a schema registry
/// with every schema of the product, and the key vaults of the sample's customers.
///
/// @param vaults the vaults, with the operations of their owners
/// @param config the configuration of a processor for this sandbox
/// @param parts the services, in the order in which they were started
public record Sandbox(
        SandboxFolder folder,
        SandboxAddresses addresses,
        SampleFeed sample,
        Vaults vaults,
        KeywardConfig config,
        SchemaRegistry registry,
        Assembly parts)
        implements Assembled {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    /// Starts the services, and creates missing topics, schemas and keys.
    ///
    /// @throws SandboxException if a port is taken or the folder cannot be used
    public static Sandbox start(SandboxFolder folder, SandboxAddresses addresses) {
        int registryPort = addresses.registry().getPort();
        int vaultPort = addresses.vault().getPort();
        SampleFeed sample = SampleFeed.forFolder(folder, Instant.now());
        Stream.of(addresses.kafkaPort(), registryPort, vaultPort).forEach(LoopbackPorts::requireFree);
        return Assembly.assemble(made -> {
            made.add(EmbeddedSchemaRegistry.start(
                    Optional.of(folder.part("registry")), LoopbackPorts.HOST, registryPort));
            EmbeddedKeyVault vault =
                    made.add(EmbeddedKeyVault.start(Optional.of(folder.part("vault")), vaultPort, Clock.systemUTC()));
            SampleVaults.open(sample, vault.vaults());
            EmbeddedKafka kafka = EmbeddedKafka.start(folder.part("kafka"), addresses.kafkaPort());
            made.add(kafka, () -> stop(kafka));
            LostTransactions.abort(addresses.bootstrapServers());
            KeywardConfig config = SandboxConfig.forServices(folder, addresses);
            createTopicsAndSchemas(config);
            SchemaRegistry registry = made.add(SchemaRegistry.connect(config.registrySettings(), new RegistryHealth()));
            return new Sandbox(folder, addresses, sample, vault.vaults(), config, registry, made);
        });
    }

    /// Checks that this build contains a broker; the production image does not.
    ///
    /// @throws SandboxException if there is no broker
    public static void requireBroker() {
        try {
            Class.forName("kafka.server.KafkaRaftServer", false, Sandbox.class.getClassLoader());
        } catch (ClassNotFoundException leftOut) {
            throw new SandboxException(
                    "The sandbox cannot run here: it needs a Kafka broker, which the production image does not contain. Run bin/keyward sandbox in the source tree.",
                    leftOut);
        }
    }

    private static void createTopicsAndSchemas(KeywardConfig config) {
        try (SchemaAdmin schemas = new SchemaAdmin(config);
                TopicAdmin topics = new TopicAdmin(config)) {
            List<SchemaFinding> problems = schemas.register().stream()
                    .flatMap(outcome -> outcome.problem().stream())
                    .toList();
            if (!problems.isEmpty()) {
                throw new CommandFailedException("The sandbox's schema registry refused the schemas:%n%s"
                        .formatted(SetupFinding.text(problems)));
            }
            topics.create();
        }
    }

    private static void stop(EmbeddedKafka kafka) {
        try {
            kafka.close();
        } catch (RuntimeException failure) {
            LOG.warn("The broker did not stop cleanly", failure);
        }
    }

    /// Writes what an intake must know about the sample's tenants.
    public void prepareIntake() {
        IntakeFiles.in(folder).write(tenants());
    }

    /// From now on, emits to an intake what Azure would emit about the vaults. The intake need not run yet.
    ///
    /// @param observer receives what the intake has accepted, on any thread
    public AzureEmission emit(Consumer<Emitted> observer) {
        IntakeFiles files = IntakeFiles.in(folder);
        List<Subscription> subscriptions = new ArrayList<>();
        for (TenantId tenant : tenants()) {
            // Alternates between tenants, so that both schemas are used.
            EventSchema schema = subscriptions.size() % 2 == 0 ? EventSchema.CLOUD_EVENTS : EventSchema.EVENT_GRID;
            subscriptions.add(new Subscription(
                    tenant, addresses.intake().resolve("/intake/eventgrid/" + tenant), files.secret(tenant), schema));
        }
        return new AzureEmission(vaults, SampleVaults.users(sample), subscriptions, observer);
    }

    private Set<TenantId> tenants() {
        Set<TenantId> tenants = new TreeSet<>(Comparator.comparing(TenantId::value));
        SampleVaults.users(sample).values().forEach(tenants::addAll);
        return tenants;
    }
}
