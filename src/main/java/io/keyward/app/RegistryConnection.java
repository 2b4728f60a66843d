package io.keyward.app;

import io.keyward.registry.RegistryHealth;
import io.keyward.registry.RegistrySettings;
import io.keyward.registry.RetryPolicy;
import io.keyward.registry.SchemaRegistry;
import java.time.Duration;

/// The schema registry for somebody who waits: unless configured otherwise it is given up sooner than by the processor,
/// which has time.
final class RegistryConnection {
    private static final String DEADLINE = "retries.deadline.ms";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RegistryConnection() {}

    static SchemaRegistry open(KeywardConfig config) {
        return SchemaRegistry.connect(impatient(config), new RegistryHealth());
    }

    private static RegistrySettings impatient(KeywardConfig config) {
        RegistrySettings settings = config.registrySettings();
        if (config.registry().has(DEADLINE)) {
            return settings;
        }
        RetryPolicy retry = settings.retry();
        return new RegistrySettings(
                settings.connection(),
                new RetryPolicy(retry.retries(), retry.firstWait(), retry.longestWait(), PATIENCE),
                settings.cache(),
                settings.serializer());
    }
}
