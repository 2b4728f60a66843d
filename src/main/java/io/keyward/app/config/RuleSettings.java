package io.keyward.app.config;

import io.keyward.domain.RuleProfile;
import io.keyward.topology.RefusalLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which rules decide.
///
/// @param profile name of the rule profile
/// @param evidence what enforcement reports are good for (R32); empty: as the profile says
/// @param maxFuture how far the time of an event may lie ahead of the broker's clock before the event is refused
/// @param refusals when refusals are so many that the instance stops
public record RuleSettings(
        String profile, Optional<RuleProfile.Evidence> evidence, Duration maxFuture, RefusalLimits refusals) {
    public static final Setting<String> PROFILE = Setting.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            Parsers.matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    public static final Setting<RuleProfile.Evidence> EVIDENCE = Setting.withoutDefault(
            "keyward.rules.evidence",
            Parsers.names(RuleProfile.Evidence.class),
            Parsers.constant(RuleProfile.Evidence.class));
    static final Setting<Duration> MAX_FUTURE = Setting.ofDuration("keyward.rules.max-future", "PT5M");
    static final Setting<Integer> REFUSED_RECORDS = Setting.of(
            "keyward.refusals.records",
            "200",
            "a whole number from 0 (never stop) to 1000000",
            Parsers.wholeNumber(0, 1_000_000));
    static final Setting<Integer> REFUSED_TENANTS = Setting.ofWholeNumber("keyward.refusals.tenants", "5", 1, 10_000);
    static final Setting<Integer> ACCEPTED_PERCENT =
            Setting.ofWholeNumber("keyward.refusals.accepted-percent", "10", 0, 100);
    static final Setting<Duration> REFUSAL_WINDOW = Setting.ofDuration("keyward.refusals.window", "PT1M");

    static final List<Setting<?>> ALL =
            List.of(PROFILE, EVIDENCE, MAX_FUTURE, REFUSED_RECORDS, REFUSED_TENANTS, ACCEPTED_PERCENT, REFUSAL_WINDOW);

    /// What reports are good for in a sandbox, unless it is configured.
    public static final RuleProfile.Evidence SANDBOX_EVIDENCE = RuleProfile.Evidence.REPORT;

    /// The same settings as those of a sandbox that is configured so.
    RuleSettings orSandbox() {
        return new RuleSettings(profile, evidence.or(() -> Optional.of(SANDBOX_EVIDENCE)), maxFuture, refusals);
    }

    static RuleSettings from(ConfigReader reader) {
        return new RuleSettings(
                reader.value(PROFILE),
                reader.optional(EVIDENCE),
                reader.value(MAX_FUTURE),
                new RefusalLimits(
                        reader.value(REFUSED_RECORDS),
                        reader.value(REFUSED_TENANTS),
                        reader.value(ACCEPTED_PERCENT),
                        reader.value(REFUSAL_WINDOW)));
    }

    void describe(Map<String, String> lines) {
        PROFILE.describe(profile, lines);
        EVIDENCE.describe(evidence, lines);
        MAX_FUTURE.describe(maxFuture, lines);
        REFUSED_RECORDS.describe(refusals.records(), lines);
        REFUSED_TENANTS.describe(refusals.tenants(), lines);
        ACCEPTED_PERCENT.describe(refusals.acceptedPercent(), lines);
        REFUSAL_WINDOW.describe(refusals.window(), lines);
    }
}
