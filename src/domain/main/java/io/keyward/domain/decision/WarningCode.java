package io.keyward.domain.decision;

/// The warnings for administrators (docs/domain.md, "Warnings"): code, severity, and texts that require no other
/// knowledge.
///
/// A text may contain `%0$s` for the environment, and a message `%1$s` and so on for values, see [OpenWarning].
/// The text of a cleared warning is true however the warning ended.
public enum WarningCode {
    FLOW_MIGRATION_RUNNING(
            Severity.INFO,
            Rule.R3a,
            When.ENABLED,
            "The platform is migrating the existing flows of %0$s to your key. %1$s Flows cannot be created or updated meanwhile.",
            "Wait until the migration has ended before you create or update flows.",
            "No migration of the flows of %0$s is known to be running, or it is not taken into account any more."),
    NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY(
            Severity.INFO,
            Rule.R5,
            When.ENABLED,
            "Connections of %0$s that do not use OAuth: %1$s. Such connections are always encrypted with the Microsoft-managed key.",
            "Replace these connections with ones that use OAuth, or accept that their credentials are not under your key.",
            "No connection without OAuth is reported in %0$s."),
    HOSTED_MACHINES_NOT_SUPPORTED(
            Severity.INFO,
            Rule.R7,
            When.ENABLED,
            "Hosted machines of %0$s: %1$s. Hosted machines do not support customer-managed keys, so they stay encrypted with the Microsoft-managed key.",
            "Move the work to hosted machine groups or to machines of your own, or accept that hosted machines are not under your key.",
            "No hosted machine is reported in %0$s."),
    ROTATION_IGNORED_PINNED_VERSION(
            Severity.INFO,
            Rule.R18,
            When.UNDER_KEY,
            "The policy of %0$s pins version %1$s of the key %3$s, so the environment does not follow the key's newer version %2$s.",
            "Apply the policy without a key version to follow rotation, or with the newer version to move to it.",
            "No policy in force of %0$s pins a version other than the newest known version of the key."),
    RETAIN_KEY(
            Severity.INFO,
            Rule.R9,
            When.NOT_DELETED,
            "Backups of %0$s may still be encrypted with keys that its data was under earlier: %1$s.",
            "Until the date given, keep each of these keys enabled, and delete neither the key nor its vault. Keep the permissions of the enterprise policies on them, too. Otherwise backups may not be restorable.",
            "No key has to be kept any longer for backups of %0$s."),
    ENVIRONMENT_LIMIT_NEAR(
            Severity.INFO,
            Rule.R13,
            When.ANY,
            "At most %1$s environments of this tenant can be enabled for a customer-managed key. This warning is open while %2$s or more are enabled. %3$s",
            "Ask for a higher limit, or remove the policy from environments that do not need it, before the next environment is refused.",
            "Less than 80 percent of this tenant's limit of environments is in use, or none of them is."),
    FLOWS_ON_MICROSOFT_MANAGED_KEY(
            Severity.WARNING,
            Rule.R3,
            When.ENABLED,
            "%1$s",
            "Create these flows again, for example from an export, and delete the old ones: flows created from now on are encrypted with your key.",
            "No Power Automate flow of %0$s is known to be encrypted with the Microsoft-managed key."),
    HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED(
            Severity.WARNING,
            Rule.R6,
            When.ENABLED,
            "Hosted machine groups of %0$s were provisioned before the customer-managed key took effect, so their machines are not encrypted with that key: %1$s.",
            "Provision these hosted machine groups again; from then on their machines are encrypted with your key.",
            "No hosted machine group of %0$s has to be provisioned again."),
    ENVIRONMENT_LIMIT_EXCEEDED(
            Severity.WARNING,
            Rule.R11,
            When.ENABLED,
            "The tenant's limit of environments enabled for a customer-managed key is used up. Only the Dataverse data of %0$s is encrypted with your key; Power Automate is not.",
            "Remove the policy from an environment that does not need it, or ask for a higher limit; this environment is then enabled automatically when its turn comes.",
            "Power Automate in %0$s is enabled within the tenant's limit."),
    INVENTORY_UNKNOWN(
            Severity.WARNING,
            Rule.R4,
            When.KNOWN,
            "A policy was applied to %0$s, but what the environment holds is not known yet. It cannot be determined how its flows and hosted machine groups are encrypted.",
            "Nothing has to be done if this clears within minutes; otherwise check that the platform publishes changes of this environment.",
            "What %0$s holds is known now."),
    POLICY_NOT_ENFORCED(
            Severity.WARNING,
            Rule.R8,
            When.ENABLED,
            "The policy of %0$s cannot be enforced any more: the environment is enabled for a customer-managed key, but is no longer a managed environment of an eligible type.",
            "Make it a managed environment of an eligible type again, or remove the policy.",
            "The type and the management of %0$s allow a customer-managed key again."),
    REENABLE_REQUIRED(
            Severity.WARNING,
            Rule.R21,
            When.UNDER_KEY,
            "The key %1$s has been usable again since %2$s, but %0$s has not been enabled since it was locked.",
            "Enable the environment in the admin center; its flows and apps run again after that. You need the Reader role on its enterprise policy.",
            "Nobody has to enable %0$s because of a lock any more."),
    KEY_EXPIRING(
            Severity.WARNING,
            Rule.R23,
            When.UNDER_KEY,
            "The key %1$s of %0$s is announced to expire on %2$s. %3$s",
            "Create a newer version of the key before that date, and apply the policy again if it pins the old version.",
            "The version of the key that %0$s uses is not known to expire within the next 30 days; it may have expired already."),
    RESTORE_AT_RISK(
            Severity.WARNING,
            Rule.R9,
            When.NOT_DELETED,
            "Backups of %0$s may still be encrypted with keys that have been revoked: %1$s.",
            "Make each of these keys usable again until the date given, or accept that these backups cannot be restored.",
            "No key that backups of %0$s need is known to be revoked."),
    DELETION_IMMINENT(
            Severity.WARNING,
            Rule.R26,
            When.UNDER_KEY,
            "The key %1$s of %0$s, or a version of it, cannot be used. The environment has been locked since %2$s. %3$s",
            "Make the key usable again before that date: undo each of the causes that the warning about the key names. Then enable the environment in the admin center.",
            "No deletion of %0$s is expected on the date that this warning named."),
    ENFORCEMENT_LATE(
            Severity.WARNING,
            Rule.R30,
            When.NOT_DELETED,
            "Components of %0$s are late: reports should have shown that all their items are encrypted as they should be. %1$s",
            "Ask the services that store these components to finish the change and to report it, part by part.",
            "Reports show that the components of %0$s are encrypted as they should be, or they do not have to show it at present."),
    ENVIRONMENT_NOT_ELIGIBLE(
            Severity.ERROR,
            Rule.R8,
            When.KNOWN_ELIGIBLE,
            "A policy was applied to %0$s, which cannot be encrypted with a customer-managed key: its type is %1$s and it is %2$s.",
            "Make it a managed environment of type production, sandbox or developer, or remove the policy; until then everything is encrypted with the Microsoft-managed key.",
            "It is possible now to encrypt %0$s with a customer-managed key."),
    KEY_EXPIRED(
            Severity.ERROR,
            Rule.R23,
            When.UNDER_KEY,
            "The key %1$s of %0$s expired on %2$s. %3$s",
            "Create a newer version of the key, and apply the policy again if it pins the old version.",
            "The version of the key that %0$s uses is not known to have expired, or its expiry locks the environment."),
    ENFORCEMENT_FAILED(
            Severity.ERROR,
            Rule.R30,
            When.NOT_DELETED,
            "The latest reports say that components of %0$s could not be moved to the key that they should be under. %1$s",
            "Ask the services that store these components for the reason, have it fixed, and have the change run again.",
            "No report that is taken into account says that a change of a component of %0$s failed."),
    ENFORCEMENT_DRIFT(
            Severity.ERROR,
            Rule.R31,
            When.NOT_DELETED,
            "Components of %0$s had parts that were fully encrypted as they should be, but according to the latest reports, items of these parts have left the key that they should be under. %1$s",
            "Ask the services that store these components why items were written under another key, and have them move the items to the key of the policy.",
            "No report that is taken into account shows that items of %0$s have left the key that they should be under."),
    UNEXPECTED_KEY(
            Severity.ERROR,
            Rule.R31,
            When.NOT_DELETED,
            "The latest reports count items of %0$s under unexpected customer-managed keys. %1$s",
            "Keep these keys enabled. Probably a policy is not known here, or not yet: report it, or nobody is warned when such a key is revoked, and its data flows to analytics. Where a policy is not in effect because of the environment's type or the limit, the platform sees these differently. While a change of the key waits, they may be under the new key. Otherwise have the items moved to the policy's key.",
            "No report that is taken into account counts items of %0$s under an unexpected customer-managed key."),
    KEY_REVOKED(
            Severity.CRITICAL,
            Rule.R20,
            When.UNDER_KEY,
            "The key %1$s of %0$s cannot be used: %2$s. The environment has been locked since %3$s. %4$s",
            "Make the key usable again: undo each of the causes named. Then enable the environment in the admin center.",
            "No revocation of the key or of its version in use locks %0$s."),
    KEY_VERSION_DISABLED_EARLY(
            Severity.CRITICAL,
            Rule.R17,
            When.UNDER_KEY,
            "A former version of the key %1$s of %0$s became unusable less than 28 days after a newer version replaced it: %2$s. The environment has been locked since %3$s. %4$s",
            "Make that version usable again, and keep it usable until 28 days after it was replaced. Then enable the environment in the admin center.",
            "No former version of the key that became unusable too early locks %0$s."),
    PREVIOUS_KEY_UNAVAILABLE(
            Severity.CRITICAL,
            Rule.R22,
            When.UNDER_KEY,
            "The policy of %0$s was changed or removed while the key %1$s could not be used. %2$s The data is still encrypted with that key, and the environment is locked.",
            "Make the previous key usable again; the change then takes effect by itself.",
            "No change of the policy of %0$s waits for a key to become usable.");

    /// The standings in which the text of a cleared warning is true. In others, the text of the standing is used.
    private enum When {
        ANY,
        NOT_DELETED,
        ENABLED,
        UNDER_KEY,
        KNOWN,
        KNOWN_ELIGIBLE;

        boolean includes(Standing standing) {
            return switch (standing) {
                case ENABLED -> true;
                case OVER_LIMIT -> this != ENABLED;
                case INVENTORY_UNKNOWN -> this == ANY || this == NOT_DELETED || this == UNDER_KEY;
                case NOT_ELIGIBLE -> this == ANY || this == NOT_DELETED || this == KNOWN;
                case NO_POLICY -> this == ANY || this == NOT_DELETED;
                case DELETED -> this == ANY;
            };
        }
    }

    private final Severity severity;
    private final Rule rule;
    private final When clearedIn;
    private final String message;
    private final String remediation;
    private final String cleared;

    WarningCode(Severity severity, Rule rule, When clearedIn, String message, String remediation, String cleared) {
        this.severity = severity;
        this.rule = rule;
        this.clearedIn = clearedIn;
        this.message = message;
        this.remediation = remediation;
        this.cleared = cleared;
    }

    /// Its severity; the lowest one if the severity can change (R13, R26, R31).
    public Severity severity() {
        return severity;
    }

    /// The rule that raises it.
    public Rule rule() {
        return rule;
    }

    /// The text of a raised warning, with placeholders.
    public String messageTemplate() {
        return message;
    }

    /// What an administrator can do about it.
    public String remediation() {
        return remediation;
    }

    /// The text of a cleared warning, for an environment that could still have the warning, with placeholders.
    public String clearedMessage() {
        return cleared;
    }

    /// The text of a cleared warning in an environment of that standing. It claims nothing that the standing
    /// leaves open.
    String clearedMessage(Standing standing, EnvironmentName environment) {
        String text = clearedIn.includes(standing) ? cleared : standing.sentence();
        return text.replace("%0$s", environment.toString());
    }
}
