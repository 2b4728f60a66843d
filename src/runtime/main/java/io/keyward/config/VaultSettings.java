package io.keyward.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The watch over keys in their vaults. [VaultAccess] says how vaults are reached.
public final class VaultSettings {
    static final SettingList SETTINGS = new SettingList();

    /// Whether an instance probes keys at all.
    public static final Setting<Boolean> WATCH = SETTINGS.flag("keyward.vault.watch", "false");
    public static final Setting<Duration> PERIOD = SETTINGS.positiveDuration("keyward.vault.period", "PT2M");
    static final Setting<Integer> JITTER = percent("keyward.vault.jitter", "10", 0, 50);
    static final Setting<Integer> DEEP_EVERY = SETTINGS.wholeNumber("keyward.vault.deep-every", "3", 1, 1_000);
    public static final Setting<Duration> REFRESH = SETTINGS.positiveDuration("keyward.vault.refresh", "PT30S");
    static final Setting<Integer> CONFIRMATIONS = SETTINGS.wholeNumber("keyward.vault.confirmations", "3", 1, 20);
    public static final Setting<Duration> CONFIRM_INTERVAL =
            SETTINGS.positiveDuration("keyward.vault.confirm-interval", "PT45S");
    static final Setting<Duration> GRACE = SETTINGS.duration("keyward.vault.grace", "PT15M");
    static final Setting<List<Integer>> EXPIRY_DAYS = SETTINGS.of(
            "keyward.vault.expiry-days",
            "30,14,7,1",
            "whole numbers of days from 1 to 3650, separated by commas",
            VaultSettings::days);
    static final Setting<Integer> QUOTA_PERCENT = percent("keyward.vault.quota-percent", "5", 2, 50);
    static final Setting<Integer> CONCURRENCY = SETTINGS.wholeNumber("keyward.vault.concurrency", "32", 1, 1_000);
    static final Setting<Integer> CONCURRENCY_PER_VAULT =
            SETTINGS.wholeNumber("keyward.vault.concurrency-per-vault", "4", 1, 100);
    static final Setting<Integer> BREAK_FAILURES = SETTINGS.wholeNumber("keyward.vault.break.failures", "5", 1, 1_000);
    public static final Setting<Duration> BREAK_PAUSE = SETTINGS.positiveDuration("keyward.vault.break.pause", "PT30S");
    static final Setting<Duration> BREAK_MAX_PAUSE = SETTINGS.positiveDuration("keyward.vault.break.max-pause", "PT5M");

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,4}(\\s*,\\s*\\d{1,4})*");

    private VaultSettings() {}

    /// When and how often a watch with this configuration probes.
    public static WatchSettings watch(KeywardConfig config) {
        return new WatchSettings(
                new WatchSettings.Pace(
                        config.value(PERIOD), config.value(JITTER), config.value(DEEP_EVERY), config.value(REFRESH)),
                new WatchSettings.Proof(
                        config.value(CONFIRMATIONS), config.value(CONFIRM_INTERVAL), config.value(GRACE)),
                new WatchSettings.Limits(
                        config.value(QUOTA_PERCENT), config.value(CONCURRENCY), config.value(CONCURRENCY_PER_VAULT)),
                new WatchSettings.Breaks(
                        config.value(BREAK_FAILURES), config.value(BREAK_PAUSE), config.value(BREAK_MAX_PAUSE)),
                config.value(EXPIRY_DAYS));
    }

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
