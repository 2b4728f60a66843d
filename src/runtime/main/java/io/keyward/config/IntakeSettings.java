package io.keyward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the intake takes, from whom, and within which limits.
///
/// @param secretsDir folder with a file of secrets for each tenant; empty if there are no webhooks
/// @param auditDir folder with a file for each Event Hub; empty if no audit logs are read
/// @param origins the senders that may subscribe by the CloudEvents handshake
/// @param timeout how long a sender waits for Kafka's acknowledgement at most
/// @param largestBody the maximum size of a request's body in bytes
/// @param rate requests that a tenant may send in a minute
/// @param http where webhooks are served
public record IntakeSettings(
        Optional<Path> secretsDir,
        Optional<Path> auditDir,
        List<String> origins,
        Duration timeout,
        int largestBody,
        int rate,
        HttpSettings http) {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> SECRETS_DIR =
            SETTINGS.path("keyward.intake.secrets.dir", "a folder with a file of secrets for each tenant");
    public static final Setting<Path> AUDIT_DIR =
            SETTINGS.path("keyward.intake.audit.dir", "a folder with a file for each Event Hub");
    static final Setting<List<String>> ORIGINS = SETTINGS.of(
            "keyward.intake.origins", "eventgrid.azure.net", "host names, separated by commas", IntakeSettings::hosts);

    /// Event Grid takes no answer after 30 seconds.
    static final Setting<Duration> TIMEOUT = SETTINGS.of(
            "keyward.intake.timeout", "PT15S", "an ISO-8601 duration from PT1S to PT25S", IntakeSettings::timeout);

    /// Event Grid's batches have at most 1 MB.
    static final Setting<Integer> LARGEST_BODY =
            SETTINGS.wholeNumber("keyward.intake.largest-body", "1048576", 1_024, 16_777_216);

    static final Setting<Integer> RATE = SETTINGS.wholeNumber("keyward.intake.rate", "600", 1, 1_000_000);

    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration GREATEST_TIMEOUT = Duration.ofSeconds(25);
    private static final Pattern HOSTS = Pattern.compile("[\\w.-]+(\\s*,\\s*[\\w.-]+)*");

    static IntakeSettings from(SettingValues values) {
        return new IntakeSettings(
                values.find(SECRETS_DIR),
                values.find(AUDIT_DIR),
                values.value(ORIGINS),
                values.value(TIMEOUT),
                values.value(LARGEST_BODY),
                values.value(RATE),
                HttpSettings.from(HttpDefinitions.INTAKE, values));
    }

    /// Whether this configuration is one of an intake.
    public boolean isSet() {
        return secretsDir.isPresent() || auditDir.isPresent();
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
