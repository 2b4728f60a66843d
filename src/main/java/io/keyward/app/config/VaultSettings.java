package io.keyward.app.config;

import io.keyward.vault.watch.WatchSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The watch over keys in their vaults.
///
/// @param watch whether this instance probes keys at all
/// @param rounds how it goes about it
/// @param access how vaults are reached
public record VaultSettings(boolean watch, WatchSettings rounds, VaultAccess access) {
    public static final Setting<Boolean> WATCH =
            Setting.of("keyward.vault.watch", "false", "true or false", Parsers::flag);
    public static final Setting<Duration> PERIOD = time("period", "PT2M");
    static final Setting<Integer> JITTER = percent("jitter", "10", 0, 50);
    static final Setting<Integer> DEEP_EVERY = number("deep-every", "3", 1, 1_000);
    public static final Setting<Duration> REFRESH = time("refresh", "PT30S");
    static final Setting<Integer> CONFIRMATIONS = number("confirmations", "3", 1, 20);
    public static final Setting<Duration> CONFIRM_INTERVAL = time("confirm-interval", "PT45S");
    static final Setting<Duration> GRACE = Setting.of(
            "keyward.vault.grace",
            "PT15M",
            "an ISO-8601 duration of zero or more, for example PT15M",
            Parsers::duration);
    static final Setting<List<Integer>> EXPIRY_DAYS = Setting.of(
            "keyward.vault.expiry-days",
            "30,14,7,1",
            "whole numbers of days from 1 to 3650, separated by commas",
            VaultSettings::days);
    static final Setting<Integer> QUOTA_PERCENT = percent("quota-percent", "5", 2, 50);
    static final Setting<Integer> CONCURRENCY = number("concurrency", "32", 1, 1_000);
    static final Setting<Integer> CONCURRENCY_PER_VAULT = number("concurrency-per-vault", "4", 1, 100);
    static final Setting<Integer> BREAK_FAILURES = number("break.failures", "5", 1, 1_000);
    public static final Setting<Duration> BREAK_PAUSE = time("break.pause", "PT30S");
    static final Setting<Duration> BREAK_MAX_PAUSE = time("break.max-pause", "PT5M");

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

    static VaultSettings read(ConfigReader reader) {
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
                VaultAccessSettings.read(reader));
    }

    /// These settings, or, where nothing says who we are, those for the sandbox's vaults.
    VaultSettings orSandbox(URI vaults) {
        return new VaultSettings(watch, rounds, access.orSandbox(vaults));
    }

    /// Adds every setting with its value.
    void describe(Map<String, String> lines) {
        lines.put(WATCH.key(), Boolean.toString(watch));
        lines.put(PERIOD.key(), rounds.pace().period().toString());
        lines.put(JITTER.key(), Integer.toString(rounds.pace().jitterPercent()));
        lines.put(DEEP_EVERY.key(), Integer.toString(rounds.pace().deepEvery()));
        lines.put(REFRESH.key(), rounds.pace().refresh().toString());
        lines.put(CONFIRMATIONS.key(), Integer.toString(rounds.proof().confirmations()));
        lines.put(CONFIRM_INTERVAL.key(), rounds.proof().interval().toString());
        lines.put(GRACE.key(), rounds.proof().grace().toString());
        lines.put(
                EXPIRY_DAYS.key(),
                rounds.expiryDays().stream().map(String::valueOf).collect(Collectors.joining(",")));
        lines.put(QUOTA_PERCENT.key(), Integer.toString(rounds.limits().quotaPercent()));
        lines.put(CONCURRENCY.key(), Integer.toString(rounds.limits().concurrency()));
        lines.put(CONCURRENCY_PER_VAULT.key(), Integer.toString(rounds.limits().concurrencyPerVault()));
        lines.put(BREAK_FAILURES.key(), Integer.toString(rounds.breaks().failures()));
        lines.put(BREAK_PAUSE.key(), rounds.breaks().pause().toString());
        lines.put(BREAK_MAX_PAUSE.key(), rounds.breaks().maxPause().toString());
        VaultAccessSettings.describe(access, lines);
    }

    private static Setting<Duration> time(String name, String standard) {
        return Setting.of(
                "keyward.vault." + name,
                standard,
                "an ISO-8601 duration longer than zero, for example " + standard,
                Parsers::positiveDuration);
    }

    private static Setting<Integer> number(String name, String standard, int from, int to) {
        return Setting.ofWholeNumber("keyward.vault." + name, standard, from, to);
    }

    private static Setting<Integer> percent(String name, String standard, int from, int to) {
        return Setting.of(
                "keyward.vault." + name,
                standard,
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
