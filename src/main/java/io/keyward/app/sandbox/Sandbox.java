package io.keyward.app.sandbox;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.cluster.Remedies;
import io.keyward.app.cluster.SchemaAdmin;
import io.keyward.app.cluster.SchemaFinding;
import io.keyward.app.cluster.TopicAdmin;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.SandboxAddresses;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.SampleFeed;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.SandboxServices;
import io.keyward.sandbox.azure.AzureEmission;
import io.keyward.sandbox.azure.Emitted;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The services of a sandbox with every topic and schema of the product, ready for a processor.
public final class Sandbox implements AutoCloseable {
    private final SandboxServices services;
    private final SandboxFolder folder;
    private final SandboxAddresses addresses;
    private final SampleFeed sample;
    private final KeywardConfig config;
    private final SchemaRegistry registry;

    private Sandbox(SandboxServices services, SandboxFolder folder, SandboxAddresses addresses, SampleFeed sample) {
        this.services = services;
        this.folder = folder;
        this.addresses = addresses;
        this.sample = sample;
        this.config = SandboxConfig.forServices(services, folder, addresses);
        this.registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
    }

    /// Starts the services, and creates what is missing in them.
    ///
    /// @throws io.keyward.sandbox.SandboxException if a port is taken or the folder cannot be used
    public static Sandbox start(SandboxFolder folder, SandboxAddresses addresses) {
        SampleFeed sample = SampleFeed.forFolder(folder, Instant.now());
        SandboxServices services = SandboxServices.start(
                folder, sample, addresses.kafkaPort(), addresses.registryPort(), addresses.vaultPort());
        try {
            Sandbox sandbox = new Sandbox(services, folder, addresses, sample);
            registerSchemas(sandbox.config);
            try (TopicAdmin topics = TopicAdmin.connect(sandbox.config)) {
                topics.create();
            }
            return sandbox;
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
                        "The sandbox's registry refuses the schemas:%n%s".formatted(Remedies.text(problems)));
            }
        }
    }

    /// The configuration of a processor for this sandbox.
    public KeywardConfig config() {
        return config;
    }

    /// The configuration of an intake for this sandbox, which needs [#prepareIntake] first.
    KeywardConfig intakeConfig() {
        return SandboxConfig.forIntake(config, addresses);
    }

    /// Writes what an intake must know, and creates the Event Hubs that it reads.
    public void prepareIntake() {
        services.prepareIntake(folder, sample);
    }

    /// Emits to an intake, from now on, what Azure would emit about the vaults. The intake need not be there yet.
    ///
    /// @param observer is told what has been taken, on any thread
    public AzureEmission emit(Consumer<Emitted> observer) {
        return services.emit(folder, sample, URI.create(addresses.intakeUrl()), observer);
    }

    SampleFeed sample() {
        return sample;
    }

    SchemaRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        registry.close();
        services.close();
    }
}
