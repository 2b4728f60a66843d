package io.keyward.config;

import io.keyward.client.TopicNames;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.RetryPolicy;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.TopicSchemas;
import java.time.Duration;

/// Schema registry access for commands: unless configured otherwise, they time out sooner than the processor.
public final class RegistryConnection {
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(10);

    private RegistryConnection() {}

    public static SchemaRegistry open(KeywardConfig config) {
        return SchemaRegistry.connect(settingsForCommand(config), new RegistryHealth());
    }

    /// The schemas of the configured topics, as the configured settings register them.
    ///
    /// @throws ConfigurationException if the settings of the registry cannot be used
    public static TopicSchemas schemas(KeywardConfig config) {
        TopicNames names = config.topics().names();
        return new TopicSchemas(names, config.registrySettings().serializer());
    }

    /// The registry settings for a command, with a shorter deadline than an instance has unless one is configured.
    ///
    /// @throws ConfigurationException if the settings of the registry cannot be used
    public static RegistrySettings settingsForCommand(KeywardConfig config) {
        RegistrySettings settings = config.registrySettings();
        if (config.registry().has(RetryPolicy.DEADLINE)) {
            return settings;
        }
        RetryPolicy retry = settings.retry();
        return new RegistrySettings(
                settings.connection(),
                new RetryPolicy(retry.retries(), retry.firstWait(), retry.longestWait(), COMMAND_DEADLINE),
                settings.cache(),
                settings.serializer());
    }
}
