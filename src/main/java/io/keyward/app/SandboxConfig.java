package io.keyward.app;

import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.SandboxServices;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The configuration of a processor inside the sandbox: as configured, but never for another cluster.
final class SandboxConfig {
    /// Enough to show that tenants are spread, few enough for a start of seconds.
    private static final String PARTITIONS = "4";

    private SandboxConfig() {}

    /// The same for a processor of its own, which must keep its state in a folder that outlives it.
    static KeywardConfig forRun(KeywardConfig config) {
        Path chosen = config.state().dir().orElseThrow();
        Path dir =
                RunRequirements.isTemporary(chosen) ? Path.of("keyward-state").toAbsolutePath() : chosen;
        StateSettings state = new StateSettings(
                Optional.of(dir), config.state().store(), config.state().memory());
        return new KeywardConfig(
                config.applicationId(),
                config.kafka(),
                config.streams(),
                config.registry(),
                config.serde(),
                config.topics(),
                state,
                config.rules(),
                config.http(),
                config.vault());
    }

    /// @throws ConfigurationException that lists every unknown setting and every bad value
    static KeywardConfig of(SandboxServices services, SandboxFolder folder, SandboxAddresses addresses) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment
                .keySet()
                .removeIf(name -> name.startsWith("KEYWARD_KAFKA_") || name.startsWith("KEYWARD_REGISTRY_"));
        Properties settings = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name ->
                        !name.startsWith(PassThrough.KAFKA.prefix()) && !name.startsWith(PassThrough.REGISTRY.prefix()))
                .forEach(name -> settings.setProperty(name, System.getProperty(name)));
        settings.setProperty(PassThrough.KAFKA.key(KeywardConfig.BOOTSTRAP_SERVERS), services.bootstrapServers());
        settings.setProperty(
                PassThrough.REGISTRY.key(KeywardConfig.REGISTRY_URL),
                services.registryUrl().toString());
        settings.setProperty(
                VaultAccessSettings.EMULATOR.key(), services.vaultUrl().toString());
        settings.setProperty(VaultAccessSettings.CREDENTIAL.key(), Parsers.text(VaultAccess.Credential.EMULATED));
        settings.setProperty(VaultAccessSettings.ALLOWED_TENANTS.key(), "*");
        settings.setProperty(Settings.STATE_DIR.key(), folder.state().toString());
        settings.setProperty(HttpSettings.PORT.key(), Integer.toString(addresses.httpPort()));
        if (!environment.containsKey(EnvironmentVariables.variable(Settings.TOPICS_PARTITIONS.key()))) {
            settings.putIfAbsent(Settings.TOPICS_PARTITIONS.key(), PARTITIONS);
        }
        return KeywardConfig.load(Optional.empty(), environment, settings);
    }
}
