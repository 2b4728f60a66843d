package io.keyward.config;

import io.keyward.domain.RuleProfile;
import io.keyward.topology.Bounds;
import io.keyward.topology.RefusalLimits;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Which rules decide.
///
/// @param profile name of the rule profile
/// @param evidence what enforcement reports are good for (R32); empty: as the profile says
/// @param minTime the first day of times that events may state, in UTC
/// @param maxFuture how far the time of an event may lie ahead of the broker's clock before the event is refused
/// @param refusals when refusals are so many that the instance stops
/// @param progressInterval how often each partition says up to when it is decided (R33)
public record RuleSettings(
        String profile,
        Optional<RuleProfile.Evidence> evidence,
        LocalDate minTime,
        Duration maxFuture,
        RefusalLimits refusals,
        Duration progressInterval) {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> PROFILE = SETTINGS.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            Parsers.matching("[a-zA-Z0-9._-]{1,100}"));
    public static final Setting<RuleProfile.Evidence> EVIDENCE = SETTINGS.withoutDefault(
            "keyward.rules.evidence",
            Parsers.names(RuleProfile.Evidence.class),
            Parsers.constant(RuleProfile.Evidence.class));
    static final Setting<LocalDate> MIN_TIME =
            SETTINGS.of("keyward.rules.min-time", "2015-01-01", "a date, for example 2015-01-01", LocalDate::parse);
    static final Setting<Duration> MAX_FUTURE = SETTINGS.duration("keyward.rules.max-future", "PT5M");
    static final Setting<Integer> REFUSED_RECORDS = SETTINGS.of(
            "keyward.refusals.records",
            "200",
            "a whole number from 0 (never stop) to 1000000",
            Parsers.wholeNumber(0, 1_000_000));
    static final Setting<Integer> REFUSED_TENANTS = SETTINGS.wholeNumber("keyward.refusals.tenants", "5", 1, 10_000);
    static final Setting<Integer> ACCEPTED_PERCENT =
            SETTINGS.wholeNumber("keyward.refusals.accepted-percent", "10", 0, 100);
    static final Setting<Duration> REFUSAL_WINDOW = SETTINGS.duration("keyward.refusals.window", "PT1M");

    public static final Setting<Duration> PROGRESS_INTERVAL = SETTINGS.duration("keyward.progress.interval", "PT5S");

    /// What reports are good for in a sandbox, unless it is configured.
    public static final RuleProfile.Evidence SANDBOX_EVIDENCE = RuleProfile.Evidence.REPORT;

    /// These settings as those of a sandbox.
    static SettingValues orSandbox(SettingValues values) {
        return values.has(EVIDENCE) ? values : values.with(EVIDENCE, SANDBOX_EVIDENCE);
    }

    /// The limits of a flow with these settings.
    public Bounds bounds() {
        return new Bounds(
                minTime.atStartOfDay(ZoneOffset.UTC).toInstant(),
                maxFuture,
                Bounds.DEFAULT.fanOut(),
                Bounds.DEFAULT.records(),
                refusals,
                Bounds.DEFAULT.cachedBytes(),
                progressInterval);
    }

    static RuleSettings from(SettingValues values) {
        return new RuleSettings(
                values.value(PROFILE),
                values.find(EVIDENCE),
                values.value(MIN_TIME),
                values.value(MAX_FUTURE),
                new RefusalLimits(
                        values.value(REFUSED_RECORDS),
                        values.value(REFUSED_TENANTS),
                        values.value(ACCEPTED_PERCENT),
                        values.value(REFUSAL_WINDOW)),
                values.value(PROGRESS_INTERVAL));
    }
}
