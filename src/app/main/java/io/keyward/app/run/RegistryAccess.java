package io.keyward.app.run;

import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.external.ExternalSerde;
import java.util.List;

/// How an instance reads and writes values, and the health of the schema registry as it sees it.
public record RegistryAccess(ValueSerde values, RegistryHealth health) implements AutoCloseable {
    /// Opens the serde that the configuration names.
    ///
    /// @throws ConfigurationException if the settings of the registry or the serde cannot be used
    public static RegistryAccess open(KeywardConfig config) {
        RegistryHealth health = new RegistryHealth();
        String serde = config.value(KeywardConfig.SERDE);
        if (!serde.equals(KeywardConfig.OWN_SERDE)) {
            return new RegistryAccess(openExternal(serde, config, health), health);
        }
        RegistrySettings settings = config.registrySettings();
        return new RegistryAccess(
                ValueSerde.own(SchemaRegistry.connect(settings, health), settings.serializer()), health);
    }

    private static ValueSerde openExternal(String className, KeywardConfig config, RegistryHealth health) {
        try {
            return ExternalSerde.load(className, config.registry().values(), health);
        } catch (IllegalArgumentException unusable) {
            throw new ConfigurationException(List.of("%s = %s: %s. Must be %s."
                    .formatted(
                            KeywardConfig.SERDE.key(),
                            className,
                            unusable.getMessage(),
                            KeywardConfig.SERDE.accepted())));
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
