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

    /// How enforcement reports are used (R32); by default as the profile says.
    public static final Setting<RuleProfile.Evidence> EVIDENCE = SETTINGS.withoutDefault(
            "keyward.rules.evidence",
            Parsers.names(RuleProfile.Evidence.class),
            Parsers.constant(RuleProfile.Evidence.class));

    /// The earliest date that events may state, in UTC.
    static final Setting<LocalDate> MIN_TIME =
            SETTINGS.of("keyward.rules.min-time", "2015-01-01", "a date, for example 2015-01-01", LocalDate::parse);

    /// How far an event's time may be ahead of the broker's clock; later events are refused.
    public static final Setting<Duration> MAX_FUTURE = SETTINGS.duration("keyward.rules.max-future", "PT5M");

    /// This and the next three settings define when too many refusals stop the instance.
    static final Setting<Integer> REFUSED_RECORDS = SETTINGS.of(
            "keyward.refusals.records",
            "200",
            "a whole number from 0 (never stop) to 1000000",
            Parsers.wholeNumber(0, 1_000_000));
    static final Setting<Integer> REFUSED_TENANTS = SETTINGS.wholeNumber("keyward.refusals.tenants", "5", 1, 10_000);
    static final Setting<Integer> ACCEPTED_PERCENT =
            SETTINGS.wholeNumber("keyward.refusals.accepted-percent", "10", 0, 100);
    static final Setting<Duration> REFUSAL_WINDOW = SETTINGS.duration("keyward.refusals.window", "PT1M");

    /// How often each partition publishes the time up to which it is decided (R33).
    public static final Setting<Duration> PROGRESS_INTERVAL = SETTINGS.duration("keyward.progress.interval", "PT5S");

    /// How a sandbox uses reports, unless configured.
    public static final RuleProfile.Evidence SANDBOX_EVIDENCE = RuleProfile.Evidence.REPORT;

    /// These settings with the sandbox's defaults.
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
