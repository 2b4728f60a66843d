package io.keyward.domain;

import java.util.List;
import java.util.TreeSet;

/// Rule profiles for tests: the profile of the reference page, and variants.
public final class Profiles {
    public static final String FLOW_WARNING = "Power Automate flows are still encrypted with the Microsoft Managed Key";
    public static final List<String> SINKS = List.of("APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT", "TENANT_REPORTING");

    public static final RuleProfile SEED =
            profile("2024-07-23", SINKS, RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.LOCK);
    public static final RuleProfile AUTOMATIC_UNLOCK =
            profile("automatic", SINKS, RuleProfile.Unlock.AUTOMATIC, RuleProfile.Expiry.LOCK);
    public static final RuleProfile EXPIRY_WARNS =
            profile("expiry-warns", SINKS, RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.WARN);

    /// The platform of 8 October 2024, with the sinks of [#SEED].
    public static final RuleProfile MIGRATE = new RuleProfile(
            "migrate",
            new TreeSet<>(SINKS),
            RuleProfile.ExistingFlows.MIGRATE,
            "Power Automate flows are still protected with the Microsoft Managed Key",
            RuleProfile.Unlock.MANUAL,
            RuleProfile.Expiry.LOCK,
            RuleProfile.Evidence.IGNORE,
            RuleProfile.OauthConnections.CUSTOMER_MANAGED);

    /// [#SEED] that claims nothing of OAuth connections (R5).
    static final RuleProfile OAUTH_UNDETERMINED = new RuleProfile(
            "oauth-undetermined",
            new TreeSet<>(SINKS),
            RuleProfile.ExistingFlows.STAY,
            FLOW_WARNING,
            RuleProfile.Unlock.MANUAL,
            RuleProfile.Expiry.LOCK,
            RuleProfile.Evidence.IGNORE,
            RuleProfile.OauthConnections.UNDETERMINED);

    /// [#SEED] that publishes what is reported (R29–R31).
    public static final RuleProfile REPORT = SEED.with(RuleProfile.Evidence.REPORT);

    /// [#SEED] that claims only what is reported (R32).
    public static final RuleProfile REQUIRE = SEED.with(RuleProfile.Evidence.REQUIRE);

    /// One for each way in which a profile changes the rules.
    public static final List<RuleProfile> ALL =
            List.of(SEED, AUTOMATIC_UNLOCK, EXPIRY_WARNS, MIGRATE, OAUTH_UNDETERMINED);

    private Profiles() {}

    public static RuleProfile profile(
            String name, List<String> sinks, RuleProfile.Unlock unlock, RuleProfile.Expiry expiry) {
        return new RuleProfile(
                name,
                new TreeSet<>(sinks),
                RuleProfile.ExistingFlows.STAY,
                FLOW_WARNING,
                unlock,
                expiry,
                RuleProfile.Evidence.IGNORE,
                RuleProfile.OauthConnections.CUSTOMER_MANAGED);
    }
}
