package io.keyward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the intake accepts, from whom, and within which limits. [HttpDefinitions#INTAKE] has the settings of its
/// endpoint.
public final class IntakeSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> SECRETS_DIR =
            SETTINGS.path("keyward.intake.secrets.dir", "a folder with a file of secrets for each tenant");

    /// The senders that may subscribe by the CloudEvents handshake.
    public static final Setting<List<String>> ORIGINS = SETTINGS.of(
            "keyward.intake.origins", "eventgrid.azure.net", "host names, separated by commas", IntakeSettings::hosts);

    /// The longest wait for Kafka's acknowledgement. Event Grid ignores responses after 30 seconds.
    public static final Setting<Duration> TIMEOUT = SETTINGS.of(
            "keyward.intake.timeout", "PT15S", "an ISO-8601 duration from PT1S to PT25S", IntakeSettings::timeout);

    /// The maximum size of a request's body in bytes. Event Grid's batches have at most 1 MB.
    public static final Setting<Integer> LARGEST_BODY =
            SETTINGS.wholeNumber("keyward.intake.largest-body", "1048576", 1_024, 16_777_216);

    /// The maximum number of requests of a tenant per minute.
    public static final Setting<Integer> RATE = SETTINGS.wholeNumber("keyward.intake.rate", "600", 1, 1_000_000);

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration GREATEST_TIMEOUT = Duration.ofSeconds(25);
    private static final Pattern HOSTS = Pattern.compile("[\\w.-]+(\\s*,\\s*[\\w.-]+)*");

    private IntakeSettings() {}

    /// Whether the configuration is that of an intake.
    public static boolean areIn(KeywardConfig config) {
        return config.find(SECRETS_DIR).isPresent();
    }

    private static List<String> hosts(String text) {
        Parsers.require(text, HOSTS.matcher(text).matches());
        return Stream.of(text.split(",")).map(String::strip).distinct().toList();
    }

    private static Duration timeout(String text) {
        Duration duration = Parsers.duration(text);
        return Parsers.require(
                duration, duration.compareTo(LEAST_TIMEOUT) >= 0 && duration.compareTo(GREATEST_TIMEOUT) <= 0);
    }
}
