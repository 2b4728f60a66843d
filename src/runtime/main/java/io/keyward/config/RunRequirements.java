package io.keyward.config;

import io.keyward.ops.http.HttpNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// What the commands `run`, `console` and `intake` require beyond a valid configuration.
public final class RunRequirements {
    static final String ACCEPTED_REGISTRY_URL = "one or more URLs of the schema registry, separated by commas";

    private final KeywardConfig config;
    private final List<String> problems = new ArrayList<>();

    private RunRequirements(KeywardConfig config) {
        this.config = config;
    }

    /// Everything that is missing or unsuitable for `run`.
    static List<String> ofRun(KeywardConfig config) {
        return of(config, RunRequirements::checkRun);
    }

    /// Everything that is missing or unsuitable for `console`.
    static List<String> ofConsole(KeywardConfig config) {
        return of(config, RunRequirements::checkConsole);
    }

    /// Everything that is missing for `intake`.
    static List<String> ofIntake(KeywardConfig config) {
        return of(config, RunRequirements::checkIntake);
    }

    private static List<String> of(KeywardConfig config, Consumer<RunRequirements> checks) {
        RunRequirements required = new RunRequirements(config);
        checks.accept(required);
        return List.copyOf(required.problems);
    }

    private void checkRun() {
        checkServices();
        checkFolder(StateSettings.DIR, config.find(StateSettings.DIR));
        int request = StreamsProperties.maxRequestBytes(config);
        if (request < StreamsProperties.DEFAULT_REQUEST_BYTES) {
            problems.add("%s = %d: the largest decision would not fit; it must be %d or more."
                    .formatted(
                            ClientSettingsGroup.KAFKA.key("max.request.size"),
                            request,
                            StreamsProperties.DEFAULT_REQUEST_BYTES));
        }
        longestWork().ifPresent(problems::add);
        config.http()
                .probePort()
                .filter(probes -> probes != 0 && probes == config.http().port())
                .ifPresent(probes -> problems.add("%s = %d: this is also %s; choose another port."
                        .formatted(HttpNames.PROBES.port(), probes, HttpNames.PROCESSOR.port())));
        StreamsProperties.refusal(config).ifPresent(problems::add);
        if (config.value(VaultSettings.WATCH)) {
            problems.addAll(new VaultAccess(config.values()).problems());
        }
    }

    private void checkConsole() {
        checkServices();
        Optional<Path> dir = config.find(ConsoleSettings.DIR);
        checkFolder(ConsoleSettings.DIR, dir);
        if (dir.isPresent() && dir.equals(config.find(StateSettings.DIR))) {
            problems.add("%s = %s: this is also %s, where a processor keeps its state; choose another folder."
                    .formatted(ConsoleSettings.DIR.key(), dir.get(), StateSettings.DIR.key()));
        }
    }

    private void checkIntake() {
        checkServices();
        require(IntakeSettings.areIn(config), IntakeSettings.SECRETS_DIR.key(), IntakeSettings.SECRETS_DIR.accepted());
    }

    private void checkServices() {
        require(
                config.kafka().has(KeywardConfig.BOOTSTRAP_SERVERS),
                ClientSettingsGroup.KAFKA.key(KeywardConfig.BOOTSTRAP_SERVERS),
                "the addresses of one or more Kafka brokers, host:port, separated by commas");
        require(
                config.registry().has(KeywardConfig.REGISTRY_URL),
                ClientSettingsGroup.REGISTRY.key(KeywardConfig.REGISTRY_URL),
                ACCEPTED_REGISTRY_URL);
    }

    private void checkFolder(Setting<Path> setting, Optional<Path> configured) {
        require(configured.isPresent(), setting.key(), setting.accepted());
        configured
                .filter(RunRequirements::isTemporary)
                .ifPresent(dir -> problems.add(
                        "%s = %s: it lies in a folder for temporary files, which the system may empty; it must be %s."
                                .formatted(setting.key(), dir, setting.accepted())));
    }

    /// A thread must not count as hanging while Kafka still allows it to work.
    private Optional<String> longestWork() {
        Duration allowed = StreamsProperties.maxPollInterval(config);
        return config.value(KeywardConfig.STALLED_AFTER).compareTo(allowed) > 0
                ? Optional.empty()
                : Optional.of("%s = %s: Kafka lets a stream thread work for %s (%s); it must be more than that."
                        .formatted(
                                KeywardConfig.STALLED_AFTER.key(),
                                config.value(KeywardConfig.STALLED_AFTER),
                                allowed,
                                ClientSettingsGroup.STREAMS.key(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)));
    }

    static String missing(String key, String accepted) {
        return "%s is required; it must be %s. Set it in the file given with --config, or as %s."
                .formatted(key, accepted, KafkaDefinitions.variable(key));
    }

    private void require(boolean present, String key, String accepted) {
        if (!present) {
            problems.add(missing(key, accepted));
        }
    }

    public static boolean isTemporary(Path dir) {
        Path absolute = dir.toAbsolutePath().normalize();
        return Stream.of("/tmp", "/var/tmp", System.getProperty("java.io.tmpdir"))
                .map(Path::of)
                .anyMatch(absolute::startsWith);
    }
}
