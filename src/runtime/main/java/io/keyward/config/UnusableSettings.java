package io.keyward.config;

import io.keyward.topology.Outages;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Explains why no Kafka client can be created from its settings.
public final class UnusableSettings {
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    /// The message about an invalid JAAS text may quote a part of a password.
    private static final Pattern OF_JAAS_TEXT = Pattern.compile("'[^']*'(?=.* in JAAS config)");

    private UnusableSettings() {}

    /// Whether no address can be resolved now, which may change.
    public static boolean isUnresolved(Throwable failure) {
        return Outages.causes(failure).map(String::valueOf).anyMatch(text -> text.contains(UNRESOLVED));
    }

    /// The cause, and the settings and files to check, as sentences.
    public static String explain(Throwable failure, ClientSettings kafka) {
        String cause = Outages.causes(failure)
                .map(UnusableSettings::text)
                .filter(text -> !text.startsWith("Failed to create new"))
                .reduce(
                        "",
                        (joined, next) ->
                                joined.contains(next) ? joined : joined.isEmpty() ? next : joined + ": " + next);
        return "%s. Check %s.".formatted(OF_JAAS_TEXT.matcher(cause).replaceAll("…"), settings(cause, kafka));
    }

    private static String text(Throwable cause) {
        return cause instanceof IOException || cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }

    /// The settings whose files or classes the cause names, or else the settings that it concerns.
    private static String settings(String cause, ClientSettings kafka) {
        String named = kafka.values().entrySet().stream()
                .filter(setting -> !Secrets.isSecret(setting.getKey()))
                .filter(setting -> setting.getValue().matches(".*[/.].*") && cause.contains(setting.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> ClientSettingsGroup.KAFKA.key(setting.getKey()) + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
        if (!named.isEmpty()) {
            return named;
        }
        return ClientSettingsGroup.KAFKA.key(
                cause.contains(UNRESOLVED)
                        ? KeywardConfig.BOOTSTRAP_SERVERS
                        : cause.contains("JAAS") || cause.contains("LoginModule")
                                ? "sasl.jaas.config"
                                : cause.contains("PEM") || cause.contains("SSL") ? "ssl.*" : "*");
    }
}
