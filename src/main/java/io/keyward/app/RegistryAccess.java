package io.keyward.app;

import io.keyward.registry.RegistryHealth;
import io.keyward.registry.SchemaRegistry;

/// The client of the schema registry, and what it has found of the registry's health.
record RegistryAccess(SchemaRegistry client, RegistryHealth health) implements AutoCloseable {
    /// @throws ConfigurationException if the settings of the registry cannot be used
    static RegistryAccess of(KeywardConfig config) {
        RegistryHealth health = new RegistryHealth();
        return new RegistryAccess(SchemaRegistry.connect(config.registrySettings(), health), health);
    }

    @Override
    public void close() {
        client.close();
    }
}
