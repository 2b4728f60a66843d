package io.keyward.domain.decision;

import java.util.Optional;

/// The warnings for administrators (docs/domain.md, "Warnings"): code, severity, and texts that need no other
/// knowledge.
///
/// A message may hold `%1$s` and so on for values at the time when it is raised, see [OpenWarning]. The text of a
/// cleared warning is true however the warning ended.
public enum WarningCode {
    FLOW_MIGRATION_RUNNING(
            Severity.INFO,
            Rule.R3a,
            When.ENABLED,
            "The platform is migrating the existing flows of this environment to your key. %1$s Flows cannot be created or updated meanwhile.",
            "Wait until the migration has ended before you create or update flows.",
            "No migration of this environment's flows is known to be running, or it is not taken into account any more."),
    NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY(
            Severity.INFO,
            Rule.R5,
            When.ENABLED,
            "Connections of this environment that do not use OAuth: %1$s. Such connections are always encrypted with the Microsoft-managed key.",
            "Replace these connections by ones that use OAuth, or accept that their credentials are not under your key.",
            "No connection without OAuth is reported in this environment."),
    HOSTED_MACHINES_NOT_SUPPORTED(
            Severity.INFO,
            Rule.R7,
            When.ENABLED,
            "Hosted machines of this environment: %1$s. Hosted machines do not support customer-managed keys, so they stay encrypted with the Microsoft-managed key.",
            "Move the work to hosted machine groups or to machines of your own, or accept that hosted machines are not under your key.",
            "No hosted machine is reported in this environment."),
    ROTATION_IGNORED_PINNED_VERSION(
            Severity.INFO,
            Rule.R18,
            When.UNDER_KEY,
            "The policy pins version %1$s of the key %3$s, so this environment does not follow the key's newer version %2$s.",
            "Apply the policy without a key version to follow rotation, or with the newer version to move to it.",
            "No policy in force pins a version other than the newest known version of the key."),
    RETAIN_KEY(
            Severity.INFO,
            Rule.R9,
            When.NOT_DELETED,
            "Backups of this environment may still be encrypted with a key that its data was under earlier: %1$s.",
            "Keep each of these keys enabled until the date given, or backups may not be restorable.",
            "No key has to be kept any longer for backups of this environment."),
    ENVIRONMENT_LIMIT_NEAR(
            Severity.INFO,
            Rule.R13,
            When.ANY,
            "Environments of this tenant that are enabled for a customer-managed key: %1$s. The limit of this tenant: %2$s.",
            "Ask for a higher limit, or remove the policy from environments that do not need it, before the next environment is refused.",
            "Less than 80 percent of this tenant's limit of environments is in use, or none of them is."),
    FLOWS_ON_MICROSOFT_MANAGED_KEY(
            Severity.WARNING,
            Rule.R3,
            When.ENABLED,
            "%1$s",
            "Create these flows anew, for example from an export, and delete the old ones: flows created from now on are encrypted with your key.",
            "No Power Automate flow of this environment is known to be encrypted with the Microsoft-managed key.",
            "More is known about the flows on the Microsoft-managed key; the warning that follows says it."),
    HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED(
            Severity.WARNING,
            Rule.R6,
            When.ENABLED,
            "The hosted machine group %1$s was provisioned before the customer-managed key took effect, so its machines are not encrypted with that key.",
            "Provision the hosted machine group again; from then on its machines are encrypted with your key.",
            "This hosted machine group does not have to be provisioned again, or does not exist any more."),
    ENVIRONMENT_LIMIT_EXCEEDED(
            Severity.WARNING,
            Rule.R11,
            When.ENABLED,
            "The tenant's limit of environments enabled for a customer-managed key is used up. Only the Dataverse data of this environment is encrypted with your key; Power Automate is not.",
            "Remove the policy from an environment that does not need it, or ask for a higher limit; this environment is then enabled by itself, in its turn.",
            "This environment is enabled within the tenant's limit."),
    INVENTORY_UNKNOWN(
            Severity.WARNING,
            Rule.R4,
            When.KNOWN,
            "A policy was applied, but what this environment holds is not known yet. How its flows and hosted machine groups are encrypted cannot be said.",
            "Nothing has to be done if this clears within minutes; otherwise check that the platform publishes changes of this environment.",
            "What this environment holds is known now."),
    POLICY_NOT_ENFORCED(
            Severity.WARNING,
            Rule.R8,
            When.ENABLED,
            "This environment is enabled for a customer-managed key but is no longer a managed environment of an eligible type, so the policy cannot be enforced for it any more.",
            "Make it a managed environment of an eligible type again, or remove the policy.",
            "This environment is a managed environment of an eligible type again."),
    REENABLE_REQUIRED(
            Severity.WARNING,
            Rule.R21,
            When.UNDER_KEY,
            "The key %1$s has been usable again since %2$s, but this environment has not been enabled since it was locked.",
            "Enable the environment in the admin center; its flows and apps run again after that.",
            "This environment does not wait to be enabled any more."),
    KEY_EXPIRING(
            Severity.WARNING,
            Rule.R23,
            When.UNDER_KEY,
            "The key %1$s is announced to expire on %2$s. %3$s",
            "Create a newer version of the key before that date, and apply the policy again if it pins the old version.",
            "The version of the key that is in use is not known to expire within the next 30 days; it may have expired already.",
            "The warning that follows gives the version and the date of expiry that are known now."),
    RESTORE_AT_RISK(
            Severity.WARNING,
            Rule.R9,
            When.NOT_DELETED,
            "A key that backups of this environment may still be encrypted with has been revoked: %1$s.",
            "Make this key usable again until the date given, or accept that these backups cannot be restored.",
            "No key that backups of this environment need is known to be revoked."),
    DELETION_IMMINENT(
            Severity.WARNING,
            Rule.R26,
            When.UNDER_KEY,
            "This environment has been locked since %2$s, because its key %1$s or a version of it cannot be used. It will be deleted on %3$s unless it is unlocked before. This warning is due %4$s before that date.",
            "Make the key usable again before that date: undo each of the causes that the warning about the key names. Then enable the environment in the admin center.",
            "No deletion of this environment is expected on the date that this warning named.",
            "The warning that follows gives the date of the deletion that is known now."),
    ENFORCEMENT_LATE(
            Severity.WARNING,
            Rule.R30,
            When.NOT_DELETED,
            "The component %1$s of this environment is late. Since %2$s, all its items should be encrypted with %3$s; reports should have shown that by %4$s.",
            "Ask the service that stores this component to finish the change and to report it, part by part.",
            "Reports show that this component is encrypted as decided, or they do not have to show it at present.",
            "The warning that follows gives the key and the dates that are known now."),
    ENVIRONMENT_NOT_ELIGIBLE(
            Severity.ERROR,
            Rule.R8,
            When.KNOWN_ELIGIBLE,
            "A policy was applied to an environment that cannot be encrypted with a customer-managed key: its type is %1$s and it is %2$s.",
            "Make it a managed environment of type production, sandbox or developer, or remove the policy; until then everything is encrypted with the Microsoft-managed key.",
            "This environment can be encrypted with a customer-managed key now."),
    KEY_EXPIRED(
            Severity.ERROR,
            Rule.R23,
            When.UNDER_KEY,
            "The key %1$s expired on %2$s. %3$s",
            "Create a newer version of the key, and apply the policy again if it pins the old version.",
            "The version of the key that is in use is not known to have expired, or its expiry locks this environment.",
            "The warning that follows gives the version and the date of expiry that are known now."),
    ENFORCEMENT_FAILED(
            Severity.ERROR,
            Rule.R30,
            When.NOT_DELETED,
            "The latest reports say that the component %1$s of this environment could not be moved to %2$s. %3$s",
            "Ask the service that stores this component for the reason, mend it, and let the change run again.",
            "No report that is taken into account says that a change of this component failed.",
            "More is known about the failed change; the warning that follows says it."),
    ENFORCEMENT_DRIFT(
            Severity.ERROR,
            Rule.R31,
            When.NOT_DELETED,
            "All items of a part of the component %1$s of this environment were encrypted with %2$s. The latest reports, the last one of %3$s, count items of it under %4$s.",
            "Ask the service that stores this component why items were written under another key, and let it bring them under the key of the policy.",
            "No report that is taken into account shows that items of this component have left the key that they should be under.",
            "More is known about the items that left the key; the warning that follows says it."),
    UNEXPECTED_KEY(
            Severity.ERROR,
            Rule.R31,
            When.NOT_DELETED,
            "The latest reports count items of the component %1$s of this environment under unexpected customer-managed keys: %2$s.",
            "Keep these keys enabled until it is known what the items are. Then ask the service that stores this component to bring them under the key of the policy.",
            "No report that is taken into account counts items of this component under an unexpected customer-managed key.",
            "A further key has been found; the warning that follows names it."),
    KEY_REVOKED(
            Severity.CRITICAL,
            Rule.R20,
            When.UNDER_KEY,
            "The key %1$s of this environment cannot be used: %2$s. The environment has been locked since %3$s. %4$s",
            "Make the key usable again: undo each of the causes named. Then enable the environment in the admin center.",
            "No revocation of the key or of its version in use locks this environment.",
            "A further cause has been found; the warning that follows names every cause."),
    KEY_VERSION_DISABLED_EARLY(
            Severity.CRITICAL,
            Rule.R17,
            When.UNDER_KEY,
            "A former version of the key %1$s became unusable less than 28 days after a newer version replaced it: %2$s. The environment has been locked since %3$s. %4$s",
            "Make that version usable again, and keep it usable until 28 days after it was replaced. Then enable the environment in the admin center.",
            "No former version of the key that became unusable too early locks this environment.",
            "A further cause has been found; the warning that follows names every cause."),
    PREVIOUS_KEY_UNAVAILABLE(
            Severity.CRITICAL,
            Rule.R22,
            When.UNDER_KEY,
            "The policy was changed or removed while the key %1$s could not be used. The data is still encrypted with that key, and the environment is locked.",
            "Make the previous key usable again; the change then takes effect by itself.",
            "No change of the policy waits for a key to become usable.");

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
    private final Optional<String> raisedAnew;

    WarningCode(Severity severity, Rule rule, When clearedIn, String message, String remediation, String cleared) {
        this(severity, rule, clearedIn, message, remediation, cleared, null);
    }

    WarningCode(
            Severity severity,
            Rule rule,
            When clearedIn,
            String message,
            String remediation,
            String cleared,
            String raisedAnew) {
        this.severity = severity;
        this.rule = rule;
        this.clearedIn = clearedIn;
        this.message = message;
        this.remediation = remediation;
        this.cleared = cleared;
        this.raisedAnew = Optional.ofNullable(raisedAnew);
    }

    /// Its severity; the least one where the subject can raise it, see [WarningKey#severity()].
    Severity severity() {
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

    /// The text of a cleared warning, for an environment that could still have the warning.
    public String clearedMessage() {
        return cleared;
    }

    /// The text of a warning that is cleared because it is raised anew, see [OpenWarning#causes]. Empty for a code
    /// whose text names no causes.
    public Optional<String> raisedAnewMessage() {
        return raisedAnew;
    }

    /// The text of a cleared warning in an environment of that standing. It claims nothing that the standing
    /// leaves open.
    String clearedMessage(Standing standing) {
        return clearedIn.includes(standing) ? cleared : standing.sentence();
    }
}
