package io.keyward.app.run;

import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.HttpSchemaRegistry;
import io.keyward.registry.client.RegistryException;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;

/// Asks the schema registry every 30 seconds for a schema that the processor writes. Schemas are cached, so nobody
/// else may ask for days, and an outage would only show when a record waits for it.
record RegistryWatch(HttpSchemaRegistry registry, PeriodicTask task) implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(30);

    /// Starts polling. The health receives each answer, and each attempt without one.
    static RegistryWatch start(KeywardConfig config, RegistryHealth health, Duration period) {
        HttpSchemaRegistry registry = new HttpSchemaRegistry(config.registrySettings(), health);
        String subject = RegistryConnection.schemas(config).subject(Topic.ENCRYPTION_DECISIONS);
        PeriodicTask task = new PeriodicTask("keyward-registry-watch", period, () -> {
            try {
                registry.latestOf(subject);
            } catch (RegistryException known) {
                // The health already has it.
            }
        });
        task.start();
        return new RegistryWatch(registry, task);
    }

    @Override
    public void close() {
        registry.close();
        task.interrupt();
    }
}
