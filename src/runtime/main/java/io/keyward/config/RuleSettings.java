package io.keyward.config;

import io.keyward.domain.RuleProfile;
import io.keyward.topology.Bounds;
import io.keyward.topology.RefusalLimits;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Which rules decide.
public record RuleSettings(SettingValues values) implements Configured {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<String> PROFILE = SETTINGS.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            Parsers.matching("[a-zA-Z0-9._-]{1,100}"));

    /// What enforcement reports are good for (R32); without it, what the profile says.
    public static final Setting<RuleProfile.Evidence> EVIDENCE = SETTINGS.withoutDefault(
            "keyward.rules.evidence",
            Parsers.names(RuleProfile.Evidence.class),
            Parsers.constant(RuleProfile.Evidence.class));

    /// The first day of times that events may state, in UTC.
    static final Setting<LocalDate> MIN_TIME =
            SETTINGS.of("keyward.rules.min-time", "2015-01-01", "a date, for example 2015-01-01", LocalDate::parse);

    /// How far the time of an event may lie ahead of the broker's clock before the event is refused.
    public static final Setting<Duration> MAX_FUTURE = SETTINGS.duration("keyward.rules.max-future", "PT5M");

    /// With the three that follow: when refusals are so many that the instance stops.
    static final Setting<Integer> REFUSED_RECORDS = SETTINGS.of(
            "keyward.refusals.records",
            "200",
            "a whole number from 0 (never stop) to 1000000",
            Parsers.wholeNumber(0, 1_000_000));
    static final Setting<Integer> REFUSED_TENANTS = SETTINGS.wholeNumber("keyward.refusals.tenants", "5", 1, 10_000);
    static final Setting<Integer> ACCEPTED_PERCENT =
            SETTINGS.wholeNumber("keyward.refusals.accepted-percent", "10", 0, 100);
    static final Setting<Duration> REFUSAL_WINDOW = SETTINGS.duration("keyward.refusals.window", "PT1M");

    /// How often each partition says up to when it is decided (R33).
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
                value(MIN_TIME).atStartOfDay(ZoneOffset.UTC).toInstant(),
                value(MAX_FUTURE),
                Bounds.DEFAULT.fanOut(),
                Bounds.DEFAULT.records(),
                new RefusalLimits(
                        value(REFUSED_RECORDS), value(REFUSED_TENANTS), value(ACCEPTED_PERCENT), value(REFUSAL_WINDOW)),
                Bounds.DEFAULT.cachedBytes(),
                value(PROGRESS_INTERVAL));
    }
}
