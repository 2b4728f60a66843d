package io.keyward.config;

import io.keyward.topology.Outages;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Explains why no client of Kafka can be made from its settings.
public final class UnusableSettings {
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    /// A JAAS text that is broken within a password leaves a part of it here.
    private static final Pattern OF_JAAS_TEXT = Pattern.compile("'[^']*'(?=.* in JAAS config)");

    private UnusableSettings() {}

    /// Whether no address is known by now, which may come.
    public static boolean isUnresolved(Throwable failure) {
        return Outages.causes(failure).map(String::valueOf).anyMatch(text -> text.contains(UNRESOLVED));
    }

    /// The cause, and the settings with the files to look at, as sentences.
    public static String explain(Throwable failure, ClientSettings kafka) {
        String cause = Outages.causes(failure)
                .map(UnusableSettings::told)
                .filter(text -> !text.startsWith("Failed to create new"))
                .reduce("", (told, next) -> told.contains(next) ? told : told.isEmpty() ? next : told + ": " + next);
        return "%s. Check %s.".formatted(OF_JAAS_TEXT.matcher(cause).replaceAll("…"), settings(cause, kafka));
    }

    private static String told(Throwable cause) {
        return cause instanceof IOException || cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }

    /// The settings whose files or classes the cause names, else those that it is about.
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
