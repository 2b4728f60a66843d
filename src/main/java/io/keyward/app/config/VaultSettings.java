package io.keyward.app.config;

import io.keyward.vault.watch.WatchSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The watch over keys in their vaults.
///
/// @param watch whether this instance probes keys at all
/// @param watchSettings when and how often it probes
/// @param access how vaults are reached
public record VaultSettings(boolean watch, WatchSettings watchSettings, VaultAccess access) {
    public static final Setting<Boolean> WATCH = Setting.ofFlag("keyward.vault.watch", "false");
    public static final Setting<Duration> PERIOD = Setting.ofPositiveDuration("keyward.vault.period", "PT2M");
    static final Setting<Integer> JITTER = percent("keyward.vault.jitter", "10", 0, 50);
    static final Setting<Integer> DEEP_EVERY = Setting.ofWholeNumber("keyward.vault.deep-every", "3", 1, 1_000);
    public static final Setting<Duration> REFRESH = Setting.ofPositiveDuration("keyward.vault.refresh", "PT30S");
    static final Setting<Integer> CONFIRMATIONS = Setting.ofWholeNumber("keyward.vault.confirmations", "3", 1, 20);
    public static final Setting<Duration> CONFIRM_INTERVAL =
            Setting.ofPositiveDuration("keyward.vault.confirm-interval", "PT45S");
    static final Setting<Duration> GRACE = Setting.ofDuration("keyward.vault.grace", "PT15M");
    static final Setting<List<Integer>> EXPIRY_DAYS = Setting.of(
            "keyward.vault.expiry-days",
            "30,14,7,1",
            "whole numbers of days from 1 to 3650, separated by commas",
            VaultSettings::days);
    static final Setting<Integer> QUOTA_PERCENT = percent("keyward.vault.quota-percent", "5", 2, 50);
    static final Setting<Integer> CONCURRENCY = Setting.ofWholeNumber("keyward.vault.concurrency", "32", 1, 1_000);
    static final Setting<Integer> CONCURRENCY_PER_VAULT =
            Setting.ofWholeNumber("keyward.vault.concurrency-per-vault", "4", 1, 100);
    static final Setting<Integer> BREAK_FAILURES = Setting.ofWholeNumber("keyward.vault.break.failures", "5", 1, 1_000);
    public static final Setting<Duration> BREAK_PAUSE =
            Setting.ofPositiveDuration("keyward.vault.break.pause", "PT30S");
    static final Setting<Duration> BREAK_MAX_PAUSE =
            Setting.ofPositiveDuration("keyward.vault.break.max-pause", "PT5M");

    static final List<Setting<?>> ALL = List.of(
            WATCH,
            PERIOD,
            JITTER,
            DEEP_EVERY,
            REFRESH,
            CONFIRMATIONS,
            CONFIRM_INTERVAL,
            GRACE,
            EXPIRY_DAYS,
            QUOTA_PERCENT,
            CONCURRENCY,
            CONCURRENCY_PER_VAULT,
            BREAK_FAILURES,
            BREAK_PAUSE,
            BREAK_MAX_PAUSE);

    private static final Pattern NUMBERS = Pattern.compile("\\d{1,4}(\\s*,\\s*\\d{1,4})*");

    static VaultSettings from(ConfigReader reader) {
        return new VaultSettings(
                reader.value(WATCH),
                new WatchSettings(
                        new WatchSettings.Pace(
                                reader.value(PERIOD),
                                reader.value(JITTER),
                                reader.value(DEEP_EVERY),
                                reader.value(REFRESH)),
                        new WatchSettings.Proof(
                                reader.value(CONFIRMATIONS), reader.value(CONFIRM_INTERVAL), reader.value(GRACE)),
                        new WatchSettings.Limits(
                                reader.value(QUOTA_PERCENT),
                                reader.value(CONCURRENCY),
                                reader.value(CONCURRENCY_PER_VAULT)),
                        new WatchSettings.Breaks(
                                reader.value(BREAK_FAILURES), reader.value(BREAK_PAUSE), reader.value(BREAK_MAX_PAUSE)),
                        reader.value(EXPIRY_DAYS)),
                VaultAccess.from(reader));
    }

    /// These settings; if no identity is configured, those for the sandbox's vaults.
    VaultSettings orSandbox(URI vaults) {
        return new VaultSettings(watch, watchSettings, access.orSandbox(vaults));
    }

    void describe(Map<String, String> lines) {
        WATCH.describe(watch, lines);
        PERIOD.describe(watchSettings.pace().period(), lines);
        JITTER.describe(watchSettings.pace().jitterPercent(), lines);
        DEEP_EVERY.describe(watchSettings.pace().deepEvery(), lines);
        REFRESH.describe(watchSettings.pace().refresh(), lines);
        CONFIRMATIONS.describe(watchSettings.proof().confirmations(), lines);
        CONFIRM_INTERVAL.describe(watchSettings.proof().interval(), lines);
        GRACE.describe(watchSettings.proof().grace(), lines);
        EXPIRY_DAYS.describe(watchSettings.expiryDays(), lines);
        QUOTA_PERCENT.describe(watchSettings.limits().quotaPercent(), lines);
        CONCURRENCY.describe(watchSettings.limits().concurrency(), lines);
        CONCURRENCY_PER_VAULT.describe(watchSettings.limits().concurrencyPerVault(), lines);
        BREAK_FAILURES.describe(watchSettings.breaks().failures(), lines);
        BREAK_PAUSE.describe(watchSettings.breaks().pause(), lines);
        BREAK_MAX_PAUSE.describe(watchSettings.breaks().maxPause(), lines);
        access.describe(lines);
    }

    private static Setting<Integer> percent(String key, String defaultText, int from, int to) {
        return Setting.of(
                key,
                defaultText,
                "a whole number of percent from %d to %d".formatted(from, to),
                Parsers.wholeNumber(from, to));
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
