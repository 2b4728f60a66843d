package io.keyward.app.sandbox;

import io.keyward.app.config.ClientSettingsGroup;
import io.keyward.app.config.ConsoleSettings;
import io.keyward.app.config.HttpDefinitions;
import io.keyward.app.config.HttpSettings;
import io.keyward.app.config.IntakeSettings;
import io.keyward.app.config.KafkaDefinitions;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.Parsers;
import io.keyward.app.config.RuleSettings;
import io.keyward.app.config.RunRequirements;
import io.keyward.app.config.SandboxAddresses;
import io.keyward.app.config.StateSettings;
import io.keyward.app.config.TopicSettings;
import io.keyward.app.config.VaultAccess;
import io.keyward.app.config.VaultSettings;
import io.keyward.sandbox.IntakeFiles;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.SandboxServices;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// The configuration of a processor, a console and an intake inside the sandbox: as configured, but never for another
/// cluster.
public final class SandboxConfig {
    /// Enough partitions to spread tenants, few enough for a fast start; and a watch that is fast, but not as fast as
    /// hints, so that they show what they are good for.
    private static final Map<String, String> DEFAULTS = Map.of(
            TopicSettings.PARTITIONS.key(), "4",
            RuleSettings.EVIDENCE.key(), Parsers.text(RuleSettings.SANDBOX_EVIDENCE),
            VaultSettings.WATCH.key(), "true",
            VaultSettings.PERIOD.key(), "PT15S",
            VaultSettings.REFRESH.key(), "PT0.5S",
            VaultSettings.CONFIRM_INTERVAL.key(), "PT1S",
            VaultSettings.BREAK_PAUSE.key(), "PT1S");

    private static final String OWN_STATE = "keyward-state";
    private static final String OWN_CONSOLE = "keyward-console";
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    private SandboxConfig() {}

    /// The same for a processor or a console in a separate process, which need folders that outlive them.
    public static KeywardConfig forSeparateProcess(KeywardConfig config) {
        StateSettings state = new StateSettings(
                config.state().dir().map(dir -> lasting(dir, OWN_STATE)),
                config.state().store(),
                config.state().memory());
        ConsoleSettings console = new ConsoleSettings(
                config.console().dir().map(dir -> lasting(dir, OWN_CONSOLE)),
                config.console().memory(),
                config.console().history(),
                config.console().http());
        return with(config, state, config.http(), console);
    }

    /// The same for an intake inside the sandbox, which serves its metrics and health beside the processor's.
    static KeywardConfig forIntake(KeywardConfig config, SandboxAddresses addresses) {
        HttpSettings http = config.http();
        HttpSettings own = new HttpSettings(
                http.definitions(),
                http.host(),
                addresses.intakeHttpPort(),
                Optional.empty(),
                http.files(),
                http.open());
        return with(config, config.state(), own, config.console());
    }

    private static KeywardConfig with(
            KeywardConfig config, StateSettings state, HttpSettings http, ConsoleSettings console) {
        return new KeywardConfig(
                config.applicationId(),
                config.kafka(),
                config.streams(),
                config.registry(),
                config.serde(),
                config.topics(),
                state,
                config.rules(),
                http,
                config.stalledAfter(),
                config.vault(),
                console,
                config.intake());
    }

    /// The folder; if it is one for temporary files, a folder of this name that is not.
    private static Path lasting(Path chosen, String name) {
        return Stream.of(chosen, Path.of(name).toAbsolutePath(), HOME.resolve(name))
                .filter(candidate -> !RunRequirements.isTemporary(candidate))
                .findFirst()
                .orElse(chosen);
    }

    /// @throws ConfigurationException that lists every unknown setting and every bad value
    static KeywardConfig forServices(SandboxServices services, SandboxFolder folder, SandboxAddresses addresses) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment
                .keySet()
                .removeIf(name -> name.startsWith("KEYWARD_KAFKA_") || name.startsWith("KEYWARD_REGISTRY_"));
        Properties settings = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> !name.startsWith(ClientSettingsGroup.KAFKA.prefix())
                        && !name.startsWith(ClientSettingsGroup.REGISTRY.prefix()))
                .forEach(name -> settings.setProperty(name, System.getProperty(name)));
        settings.setProperty(
                ClientSettingsGroup.KAFKA.key(KeywardConfig.BOOTSTRAP_SERVERS), services.bootstrapServers());
        settings.setProperty(
                ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL),
                services.registryUrl().toString());
        settings.setProperty(VaultAccess.EMULATOR.key(), services.vaultUrl().toString());
        settings.setProperty(VaultAccess.CREDENTIAL.key(), Parsers.text(VaultAccess.Credential.EMULATED));
        settings.setProperty(VaultAccess.ALLOWED_TENANTS.key(), "*");
        settings.setProperty(StateSettings.DIR.key(), folder.state().toString());
        settings.setProperty(ConsoleSettings.DIR.key(), folder.console().toString());
        settings.setProperty(HttpDefinitions.CONSOLE.port().key(), Integer.toString(addresses.consolePort()));
        settings.setProperty(HttpDefinitions.PROCESSOR.port().key(), Integer.toString(addresses.httpPort()));
        IntakeFiles intake = IntakeFiles.in(folder);
        settings.setProperty(IntakeSettings.SECRETS_DIR.key(), intake.secrets().toString());
        settings.setProperty(IntakeSettings.AUDIT_DIR.key(), intake.audit().toString());
        settings.setProperty(HttpDefinitions.INTAKE.port().key(), Integer.toString(addresses.intakePort()));
        DEFAULTS.forEach((key, value) -> {
            if (!environment.containsKey(KafkaDefinitions.variable(key))) {
                settings.putIfAbsent(key, value);
            }
        });
        return KeywardConfig.load(Optional.empty(), environment, settings);
    }
}
