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
import java.time.Instant;
import java.util.List;

/// The services of a sandbox with every topic and schema of the product, ready for a processor.
public final class Sandbox implements AutoCloseable {
    private final SandboxServices services;
    private final SampleFeed sample;
    private final KeywardConfig config;
    private final SchemaRegistry registry;

    private Sandbox(SandboxServices services, SampleFeed sample, KeywardConfig config, SchemaRegistry registry) {
        this.services = services;
        this.sample = sample;
        this.config = config;
        this.registry = registry;
    }

    /// Starts the services, and creates what is missing in them.
    ///
    /// @throws io.keyward.sandbox.SandboxException if a port is taken or the folder cannot be used
    public static Sandbox start(SandboxFolder folder, SandboxAddresses addresses) {
        SampleFeed sample = SampleFeed.forFolder(folder, Instant.now());
        SandboxServices services = SandboxServices.start(
                folder, sample, addresses.kafkaPort(), addresses.registryPort(), addresses.vaultPort());
        try {
            KeywardConfig config = SandboxConfig.forServices(services, folder, addresses);
            SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
            registerSchemas(config);
            try (TopicAdmin topics = TopicAdmin.connect(config)) {
                topics.create();
            }
            return new Sandbox(services, sample, config, registry);
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
