package io.keyward.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/// Shortens the texts of output records.
public final class Format {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern VAULT = Pattern.compile("^https?://([^/.]+)[^/]*/?\\z");
    private static final int SHOWN_OF_VERSION = 12;

    private Format() {}

    /// A time in UTC, to the minute. Other text is returned unchanged.
    public static String time(String iso) {
        try {
            return time(Instant.parse(iso));
        } catch (DateTimeException other) {
            return iso;
        }
    }

    static String time(Instant time) {
        return MINUTES.format(time);
    }

    /// A number of seconds in its greatest unit, such as `3 h`.
    public static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 1) {
            return time.toDays() + " d";
        }
        return time.toHours() > 1 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    /// `vault/key version`, without the common domain of all vaults. Empty if there is no key.
    public static String key(JsonFields reference) {
        return reference.json().isEmpty()
                ? ""
                : key(reference.text("vaultUri"), reference.text("keyName"), reference.text("keyVersion"));
    }

    /// `vault/key version`, without the common domain of all vaults.
    ///
    /// @param version empty if there is none
    public static String key(String vaultUri, String keyName, String version) {
        String shown = version.length() > SHOWN_OF_VERSION ? version.substring(0, SHOWN_OF_VERSION) + "…" : version;
        return (VAULT.matcher(vaultUri).replaceFirst("$1") + "/" + keyName + " " + shown).stripTrailing();
    }

    /// `tenant/environment`, or the tenant alone.
    static String owner(String tenant, String environment) {
        return environment.isEmpty() ? tenant : tenant + "/" + environment;
    }

    /// A number with a noun, such as `2 events`.
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
