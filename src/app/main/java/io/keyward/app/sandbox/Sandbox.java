package io.keyward.app.sandbox;

import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.SchemaFinding;
import io.keyward.cluster.SetupFinding;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.config.SandboxAddresses;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.SampleFeed;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.SandboxServices;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The services of a sandbox with every topic and schema of the product, ready for a processor.
///
/// @param config of a processor for this sandbox
public record Sandbox(
        SandboxServices services,
        SandboxFolder folder,
        SandboxAddresses addresses,
        SampleFeed sample,
        KeywardConfig config,
        SchemaRegistry registry)
        implements AutoCloseable {
    /// Starts the services, and creates what is missing in them.
    ///
    /// @throws io.keyward.sandbox.SandboxException if a port is taken or the folder cannot be used
    public static Sandbox start(SandboxFolder folder, SandboxAddresses addresses) {
        SampleFeed sample = SampleFeed.forFolder(folder, Instant.now());
        SandboxServices services = SandboxServices.start(
                folder,
                sample,
                addresses.kafkaPort(),
                addresses.registry().getPort(),
                addresses.vault().getPort());
        try {
            KeywardConfig config = SandboxConfig.forServices(folder, addresses);
            registerSchemas(config);
            try (TopicAdmin topics = TopicAdmin.connect(config)) {
                topics.create();
            }
            SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
            return new Sandbox(services, folder, addresses, sample, config, registry);
        } catch (RuntimeException failure) {
            services.close();
            throw failure;
        }
    }

    private static void registerSchemas(KeywardConfig config) {
        try (SchemaAdmin schemas = SchemaAdmin.connect(config)) {
            List<SchemaFinding> problems = schemas.register().stream()
                    .flatMap(outcome -> outcome.problem().stream())
                    .toList();
            if (!problems.isEmpty()) {
                throw new CommandFailedException(
                        "The sandbox's registry refuses the schemas:%n%s".formatted(SetupFinding.text(problems)));
            }
        }
    }

    /// Writes what an intake must know, and creates the Event Hubs that it reads.
    public void prepareIntake() {
        services.prepareIntake(folder, sample);
    }

    /// Emits to an intake, from now on, what Azure would emit about the vaults. The intake need not be there yet.
    ///
    /// @param observer is told what has been taken, on any thread
    public AzureEmission emit(Consumer<Emitted> observer) {
        return services.emit(folder, sample, addresses.intake(), observer);
    }

    @Override
    public void close() {
        registry.close();
        services.close();
    }
}
