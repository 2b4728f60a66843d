package io.keyward.cli.sandbox;

import io.keyward.config.ClientSettingsGroup;
import io.keyward.config.ConsoleSettings;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KafkaDefinitions;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RuleSettings;
import io.keyward.config.RunRequirements;
import io.keyward.config.SandboxAddresses;
import io.keyward.config.Setting;
import io.keyward.config.StateSettings;
import io.keyward.config.TopicSettings;
import io.keyward.config.VaultAccess;
import io.keyward.config.VaultSettings;
import io.keyward.sandbox.IntakeFiles;
import io.keyward.sandbox.SandboxFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// The configuration of a processor, a console and an intake inside the sandbox: the user's configuration, but
/// never for another cluster.
public final class SandboxConfig {
    /// Enough partitions to spread tenants, few enough for a fast start. The key watch is fast, but slower than
    /// hints, so that their effect is visible.
    private static final Map<String, String> DEFAULTS = Map.of(
            TopicSettings.PARTITIONS.key(), "4",
            // So that the console is complete a few seconds after its start.
            RuleSettings.PROGRESS_INTERVAL.key(), "PT1S",
            VaultSettings.WATCH.key(), "true",
            VaultSettings.PERIOD.key(), "PT15S",
            VaultSettings.REFRESH.key(), "PT0.5S",
            VaultSettings.CONFIRM_INTERVAL.key(), "PT1S",
            VaultSettings.BREAK_PAUSE.key(), "PT1S");

    private static final String OWN_STATE = "keyward-state";
    private static final String OWN_CONSOLE = "keyward-console";
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private SandboxConfig() {}

    /// Returns the same for a processor or a console in a separate process, which need folders that outlive them.
    public static KeywardConfig forSeparateProcess(KeywardConfig config) {
        return lasting(ConsoleSettings.DIR, OWN_CONSOLE, lasting(StateSettings.DIR, OWN_STATE, config));
    }

    /// Returns the same for an intake inside the sandbox, with its own port for metrics and health.
    static KeywardConfig forIntake(KeywardConfig config, SandboxAddresses addresses) {
        return config.with(
                        HttpDefinitions.PROCESSOR.port(), addresses.intakeHttp().getPort())
                .without(HttpDefinitions.PROCESSOR.probePort());
    }

    private static KeywardConfig lasting(Setting<Path> folder, String name, KeywardConfig config) {
        return config.find(folder)
                .map(chosen -> config.with(folder, lasting(chosen, name)))
                .orElse(config);
    }

    /// Returns the folder or, if it is for temporary files, a folder of this name elsewhere.
    private static Path lasting(Path chosen, String name) {
        return Stream.of(chosen, Path.of(name).toAbsolutePath(), HOME.resolve(name))
                .filter(candidate -> !RunRequirements.isTemporary(candidate))
                .findFirst()
                .orElse(chosen);
    }

    /// @throws ConfigurationException that lists every unknown setting and every bad value
    static KeywardConfig forServices(SandboxFolder folder, SandboxAddresses addresses) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment
                .keySet()
                .removeIf(name -> name.startsWith("KEYWARD_KAFKA_") || name.startsWith("KEYWARD_REGISTRY_"));
        Properties settings = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> !name.startsWith(ClientSettingsGroup.KAFKA.prefix())
                        && !name.startsWith(ClientSettingsGroup.REGISTRY.prefix()))
                .forEach(name -> settings.setProperty(name, System.getProperty(name)));
        DEFAULTS.forEach((key, value) -> {
            if (!environment.containsKey(KafkaDefinitions.variable(key))) {
                settings.putIfAbsent(key, value);
            }
        });
        IntakeFiles intake = IntakeFiles.in(folder);
        return KeywardConfig.load(Optional.empty(), environment, settings)
                .orSandbox(addresses)
                .with(VaultAccess.EMULATOR, addresses.vault())
                .with(VaultAccess.CREDENTIAL, VaultAccess.Credential.EMULATED)
                .with(VaultAccess.ALLOWED_TENANTS, List.of("*"))
                .with(StateSettings.DIR, folder.part("state"))
                .with(ConsoleSettings.DIR, folder.part("console"))
                .with(HttpDefinitions.CONSOLE.port(), addresses.console().getPort())
                .with(HttpDefinitions.PROCESSOR.port(), addresses.http().getPort())
                .with(HttpDefinitions.INTAKE.port(), addresses.intake().getPort())
                .with(IntakeSettings.SECRETS_DIR, intake.secrets());
    }
}
