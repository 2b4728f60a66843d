package io.keyward.config;

import io.keyward.ops.health.StallWatch;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The complete configuration, every value checked. `toString` hides secrets.
///
/// @param values of Keyward's own settings
/// @param kafka for every Kafka client, verbatim
/// @param streams for Kafka Streams, verbatim, on top of `kafka`
/// @param registry for the schema registry client, under Confluent's names, including `url`
public record KeywardConfig(SettingValues values, ClientSettings kafka, ClientSettings streams, ClientSettings registry)
        implements Configured {
    private static final SettingList SETTINGS = new SettingList();

    static final Setting<String> APPLICATION_ID = SETTINGS.of(
            "keyward.application.id",
            "keyward",
            "1 to 100 letters, digits, '.', '_' and '-'",
            Parsers.matching("[a-zA-Z0-9._-]{1,100}"));

    public static final String OWN_SERDE = "keyward";

    /// [#OWN_SERDE], or the class of a Kafka serde.
    public static final Setting<String> SERDE = SETTINGS.of(
            "keyward.registry.serde",
            OWN_SERDE,
            "keyward, or the class of a Kafka serde for Avro's specific records, such as io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde",
            Parsers.matching(OWN_SERDE + "|([a-zA-Z_$][\\w$]*\\.)+[a-zA-Z_$][\\w$]*"));

    /// How long a stream thread may go without polling Kafka before it is considered hanging.
    public static final Setting<Duration> STALLED_AFTER = SETTINGS.positiveDuration(StallWatch.SETTING, "PT15M");

    /// Whether decisions are traced with OpenTelemetry.
    public static final Setting<Boolean> TRACING = SETTINGS.flag("keyward.tracing.enabled", "false");

    /// All of Keyward's own settings.
    static final List<Setting<?>> ALL = Stream.of(
                    SETTINGS,
                    TopicSettings.SETTINGS,
                    StateSettings.SETTINGS,
                    RuleSettings.SETTINGS,
                    HttpDefinitions.PROCESSOR.settings(),
                    VaultSettings.SETTINGS,
                    VaultAccess.SETTINGS,
                    ConsoleSettings.SETTINGS,
                    HttpDefinitions.CONSOLE.settings(),
                    AccessSettings.SETTINGS,
                    IntakeSettings.SETTINGS,
                    HttpDefinitions.INTAKE.settings())
            .<Setting<?>>flatMap(SettingList::stream)
            .toList();

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String REGISTRY_URL = "url";

    /// Reads a properties file, overridden by environment variables, overridden by system properties.
    ///
    /// @throws ConfigurationException that lists every unknown setting and every invalid value
    public static KeywardConfig load(Optional<Path> file, Map<String, String> environment, Properties system) {
        ConfigReader reader = new ConfigReader(ConfigSources.load(file, environment, system));
        KeywardConfig config = new KeywardConfig(
                reader.values(ALL),
                reader.group(ClientSettingsGroup.KAFKA),
                reader.group(ClientSettingsGroup.STREAMS),
                reader.group(ClientSettingsGroup.REGISTRY));
        reader.refuse(HttpDefinitions.all().flatMap(http -> http.problems(config)));
        reader.refuse(new AccessSettings(config.values).problems().stream());
        reader.refuseUnknown();
        new UnknownSettings(config).refusals().forEach(reader::refuseUnread);
        ConfigurationException.throwIfAny(reader.problems());
        return config;
    }

    /// The settings of every Kafka client. Clients read the files again for each connection.
    @Override
    public ClientSettings kafka() {
        return kafka.renewed();
    }

    ClientSettings kafkaAsGiven() {
        return kafka;
    }

    /// The configured application id; after [#inGeneration], the consumer group and the prefix of internal topics.
    public String applicationId() {
        return value(APPLICATION_ID);
    }

    public TopicSettings topics() {
        return TopicSettings.from(this);
    }

    public RuleSettings rules() {
        return new RuleSettings(values);
    }

    /// The endpoint for metrics and health of the processor, or of an intake.
    public HttpSettings http() {
        return http(HttpDefinitions.PROCESSOR);
    }

    /// The settings of an endpoint.
    public HttpSettings http(HttpDefinitions endpoint) {
        return HttpSettings.from(endpoint, this);
    }

    /// This configuration with another value of one setting.
    public <T> KeywardConfig with(Setting<T> setting, T value) {
        return with(values.with(setting, value));
    }

    /// This configuration without a setting that has no default.
    public KeywardConfig without(Setting<?> setting) {
        return with(values.without(setting));
    }

    private KeywardConfig with(SettingValues changed) {
        return new KeywardConfig(changed, kafka, streams, registry);
    }

    /// This configuration; if it names no cluster, a copy for the sandbox at these addresses.
    public KeywardConfig orSandbox(SandboxAddresses sandbox) {
        if (kafka.has(BOOTSTRAP_SERVERS)) {
            return this;
        }
        return new KeywardConfig(
                VaultAccess.orSandbox(RuleSettings.orSandbox(values), sandbox.vault()),
                kafka.with(BOOTSTRAP_SERVERS, sandbox.bootstrapServers()),
                streams,
                registry.has(REGISTRY_URL)
                        ? registry
                        : registry.with(REGISTRY_URL, sandbox.registry().toString()));
    }

    /// This configuration for a generation of the application (docs/operations.md, "More partitions").
    ///
    /// @param number from 1
    public KeywardConfig inGeneration(int number) {
        return with(APPLICATION_ID, Generation.applicationId(applicationId(), number));
    }

    /// The configuration of the application that decides parked partitions again from the inputs.
    public KeywardConfig forRecovery() {
        return with(APPLICATION_ID, applicationId() + "-recovery");
    }

    /// The settings of the schema registry client. It reads its files again after a failure.
    ///
    /// @throws ConfigurationException if the URL is missing, or the client does not know or accept a setting
    public RegistrySettings registrySettings() {
        if (!registry.has(REGISTRY_URL)) {
            throw new ConfigurationException(List.of(RunRequirements.missing(
                    ClientSettingsGroup.REGISTRY.key(REGISTRY_URL), RunRequirements.ACCEPTED_REGISTRY_URL)));
        }
        try {
            return RegistrySettings.of(registry.values())
                    .renewedBy(() ->
                            RegistrySettings.of(registry.readAgain().values()).connection());
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException(
                    List.of("%s: %s.".formatted(ClientSettingsGroup.REGISTRY.key("*"), refused.getMessage())));
        }
    }

    /// This configuration, checked for the command `run`.
    ///
    /// @throws ConfigurationException that lists what is missing or unsuitable for a process that must keep
    ///     its state
    public KeywardConfig forRun() {
        ConfigurationException.throwIfAny(RunRequirements.ofRun(this));
        return this;
    }

    /// This configuration, checked for the command `console`.
    ///
    /// @throws ConfigurationException that lists what is missing or unsuitable for the console's copy
    public KeywardConfig forConsole() {
        ConfigurationException.throwIfAny(RunRequirements.ofConsole(this));
        return this;
    }

    /// This configuration, checked for the command `intake`.
    ///
    /// @throws ConfigurationException that lists what is missing
    public KeywardConfig forIntake() {
        ConfigurationException.throwIfAny(RunRequirements.ofIntake(this));
        return this;
    }

    /// The changelogs of the state stores.
    public List<String> changelogs() {
        return KeywardTopology.stores().stream().map(this::changelog).toList();
    }

    /// The changelogs without which facts would be lost. The changelog of the deadlines can be rebuilt from them.
    public List<String> requiredChangelogs() {
        return KeywardTopology.stores().stream()
                .filter(store -> !store.equals(Nodes.DEADLINES))
                .map(this::changelog)
                .toList();
    }

    private String changelog(String store) {
        return KeywardTopology.changelog(applicationId(), store);
    }

    /// Every setting with its value, as lines of a properties file; secrets are hidden.
    public String describe() {
        return shown().entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// Every setting with its printable value, by key.
    SortedMap<String, String> shown() {
        SortedMap<String, String> lines = new TreeMap<>(values.texts());
        kafka.shown().forEach((name, value) -> lines.put(ClientSettingsGroup.KAFKA.key(name), value));
        streams.shown().forEach((name, value) -> lines.put(ClientSettingsGroup.STREAMS.key(name), value));
        registry.shown().forEach((name, value) -> lines.put(ClientSettingsGroup.REGISTRY.key(name), value));
        return lines;
    }

    static boolean knows(String key) {
        return ALL.stream().anyMatch(setting -> setting.key().equals(key));
    }
}
