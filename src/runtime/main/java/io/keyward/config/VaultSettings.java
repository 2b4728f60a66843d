package io.keyward.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The key watch, which probes keys in their vaults. [VaultAccess] has the settings of access to vaults.
public final class VaultSettings {
    static final SettingList SETTINGS = new SettingList();

    /// Whether an instance probes keys at all.
    public static final Setting<Boolean> WATCH = SETTINGS.flag("keyward.vault.watch", "false");

    /// The time between two probes of a key.
    public static final Setting<Duration> PERIOD = SETTINGS.positiveDuration("keyward.vault.period", "PT2M");

    /// The random variation of the period in percent, so that probes of many keys do not coincide.
    public static final Setting<Integer> JITTER = percent("keyward.vault.jitter", "10", 0, 50);

    /// Every how many probes one is deep; 1 means all of them.
    public static final Setting<Integer> DEEP_EVERY = SETTINGS.wholeNumber("keyward.vault.deep-every", "3", 1, 1_000);

    /// The time between two refreshes of the keys in use.
    public static final Setting<Duration> REFRESH = SETTINGS.positiveDuration("keyward.vault.refresh", "PT30S");

    /// How many deep probes in a row must agree before an event is published.
    public static final Setting<Integer> CONFIRMATIONS =
            SETTINGS.wholeNumber("keyward.vault.confirmations", "3", 1, 20);

    /// The time between these probes.
    public static final Setting<Duration> CONFIRM_INTERVAL =
            SETTINGS.positiveDuration("keyward.vault.confirm-interval", "PT45S");

    /// How long a revocation from another source is trusted; it may not have reached every node of the vault yet.
    public static final Setting<Duration> GRACE = SETTINGS.duration("keyward.vault.grace", "PT15M");

    /// Whose identity the credential is. Granted and denied access applies to that identity only.
    public static final Setting<Identity> IDENTITY = SETTINGS.constant("keyward.vault.identity", Identity.OWN);

    /// From where vaults are reached. What a firewall allows or blocks applies to that network only.
    public static final Setting<Network> NETWORK = SETTINGS.constant("keyward.vault.network", Network.OWN);

    /// How long a network block must be the only conclusive answer before it is published.
    public static final Setting<Duration> NETWORK_GRACE = SETTINGS.duration("keyward.vault.network-grace", "PT1H");

    /// How long denials that start at many vaults at once are held, from the first such answer of each key.
    public static final Setting<Duration> HOLD = SETTINGS.duration("keyward.vault.hold", "P7D");

    /// The numbers of days before a version's expiry at which the expiry is announced.
    public static final Setting<List<Integer>> EXPIRY_DAYS = SETTINGS.of(
            "keyward.vault.expiry-days",
            "30,14,7,1",
            "whole numbers of days from 1 to 3650, separated by commas",
            VaultSettings::days);

    /// The percentage of a vault's quota that probes may use.
    public static final Setting<Integer> QUOTA_PERCENT = percent("keyward.vault.quota-percent", "5", 2, 50);

    /// The limit of concurrent probes.
    public static final Setting<Integer> CONCURRENCY =
            SETTINGS.wholeNumber("keyward.vault.concurrency", "32", 1, 1_000);

    /// The limit of concurrent probes of one vault.
    public static final Setting<Integer> CONCURRENCY_PER_VAULT =
            SETTINGS.wholeNumber("keyward.vault.concurrency-per-vault", "4", 1, 100);

    /// The number of inconclusive answers in a row that cause a pause.
    public static final Setting<Integer> BREAK_FAILURES =
            SETTINGS.wholeNumber("keyward.vault.break.failures", "5", 1, 1_000);

    /// The first pause; each further pause is twice as long.
    public static final Setting<Duration> BREAK_PAUSE = SETTINGS.positiveDuration("keyward.vault.break.pause", "PT30S");

    /// The longest pause.
    public static final Setting<Duration> BREAK_MAX_PAUSE =
            SETTINGS.positiveDuration("keyward.vault.break.max-pause", "PT5M");

    /// Whose identity the credential is.
    public enum Identity {
        /// Keyward's own identity, which customers grant access besides that of the enterprise policy.
        OWN,
        /// The identity with which the platform's enterprise policies access keys.
        POLICY
    }

    /// From where vaults are reached.
    public enum Network {
        /// A separate network, with its own entry in the firewalls of vaults.
        OWN,
        /// The network of the services that store data, with the same firewall exceptions.
        PLATFORM
    }

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,4}(\\s*,\\s*\\d{1,4})*");

    private VaultSettings() {}

    private static Setting<Integer> percent(String key, String defaultText, int from, int to) {
        String accepted = "a whole number of percent from %d to %d".formatted(from, to);
        return SETTINGS.of(key, defaultText, accepted, Parsers.wholeNumber(from, to));
    }

    private static List<Integer> days(String text) {
        Parsers.require(text, NUMBERS.matcher(text).matches());
        return Stream.of(text.split(","))
                .map(String::strip)
                .map(Parsers.wholeNumber(1, 3_650))
                .distinct()
                .sorted((a, b) -> b - a)
                .toList();
    }
}
