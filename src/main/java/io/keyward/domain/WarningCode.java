package io.keyward.domain;

/// The warnings for administrators (domain, section 6): code, severity, and texts that need no other knowledge.
///
/// A message may hold `%1$s` and so on for what was true when it was raised; see [OpenWarning].
public enum WarningCode {
    NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY(
            Severity.INFO,
            Rule.R5,
            "%1$s of this environment's connections do not use OAuth. Such connections are always encrypted with the Microsoft-managed key.",
            "Replace these connections by ones that use OAuth, or accept that their credentials are not under your key.",
            "No connection of this environment is kept on the Microsoft-managed key by this limitation any more."),
    HOSTED_MACHINES_NOT_SUPPORTED(
            Severity.INFO,
            Rule.R7,
            "%1$s hosted machines of this environment stay encrypted with the Microsoft-managed key, because hosted machines do not support customer-managed keys.",
            "Move the work to hosted machine groups or to machines of your own, or accept that the hosted machines are not under your key.",
            "No hosted machine of this environment is kept on the Microsoft-managed key any more."),
    ROTATION_IGNORED_PINNED_VERSION(
            Severity.INFO,
            Rule.R18,
            "The policy pins version %1$s of the key, so the environment does not follow the key's newer version %2$s.",
            "Apply the policy without a key version to follow rotation, or with the newer version to move to it.",
            "The policy and the key's newest version agree again."),
    RETAIN_KEY(
            Severity.INFO,
            Rule.R9,
            "Backups of this environment are still encrypted with a key that it does not use any more: %1$s.",
            "Keep each of these keys enabled until the date given, or its backups cannot be restored.",
            "No backup of this environment depends on a former key any more."),
    ENVIRONMENT_LIMIT_NEAR(
            Severity.INFO,
            Rule.R13,
            "%1$s of the %2$s environments that can be enabled for a customer-managed key in this tenant are in use.",
            "Ask for a higher limit, or remove the policy from environments that do not need it, before the next environment is refused.",
            "Fewer than 80 percent of the environments that can be enabled in this tenant are in use."),
    FLOWS_ON_MICROSOFT_MANAGED_KEY(
            Severity.WARNING,
            Rule.R3,
            "%1$s",
            "Create these flows anew, for example from an export, and delete the old ones: flows created from now on are encrypted with your key.",
            "All Power Automate flows of this environment are encrypted with your key."),
    HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED(
            Severity.WARNING,
            Rule.R6,
            "The hosted machine group %1$s was provisioned before the customer-managed key took effect, so its machines are not encrypted with that key.",
            "Provision the hosted machine group again; from then on its machines are encrypted with your key.",
            "This hosted machine group needs no new provisioning any more."),
    ENVIRONMENT_LIMIT_EXCEEDED(
            Severity.WARNING,
            Rule.R11,
            "The tenant's limit of environments enabled for a customer-managed key is used up, so only the Dataverse data of this environment is encrypted with your key, and Power Automate is not.",
            "Remove the policy from an environment that does not need it, or ask for a higher limit; this environment is then enabled by itself, in its turn.",
            "This environment does not wait for the tenant's limit any more."),
    INVENTORY_UNKNOWN(
            Severity.WARNING,
            Rule.R4,
            "A policy was applied, but what this environment holds is not known yet, so it cannot be said how its flows and hosted machine groups are encrypted.",
            "Nothing has to be done if this clears within minutes; otherwise check that the platform publishes changes of this environment.",
            "What this environment holds is known, and how it is encrypted has been decided."),
    POLICY_NOT_ENFORCED(
            Severity.WARNING,
            Rule.R8,
            "This environment is encrypted with a customer-managed key but is no longer a managed environment of an eligible type, so the policy cannot be enforced for it any more.",
            "Make it a managed environment of an eligible type again, or remove the policy.",
            "The policy is enforced again, or does not apply any more."),
    REENABLE_REQUIRED(
            Severity.WARNING,
            Rule.R21,
            "The key is usable again since %1$s, but this environment has not been enabled since it was locked.",
            "Enable the environment in the admin center; its flows and apps run again after that.",
            "This environment does not have to be enabled again."),
    KEY_EXPIRING(
            Severity.WARNING,
            Rule.R23,
            "The version of the key %1$s that encrypts this environment expires on %2$s.",
            "Create a newer version of the key before that date, and apply the policy again if it pins the old version.",
            "The version of the key in use is not announced to expire."),
    RESTORE_AT_RISK(
            Severity.WARNING,
            Rule.R9,
            "A former key of this environment has been revoked while backups are still encrypted with it: %1$s.",
            "Make this key usable again until the date given, or accept that these backups cannot be restored.",
            "No backup of this environment is at risk because of a revoked former key."),
    ENVIRONMENT_NOT_ELIGIBLE(
            Severity.ERROR,
            Rule.R8,
            "A policy was applied to an environment that cannot be encrypted with a customer-managed key: its type is %1$s and it is %2$s.",
            "Make it a managed environment of type production, sandbox or developer, or remove the policy; until then everything is encrypted with the Microsoft-managed key.",
            "This environment is eligible for a customer-managed key, or no policy applies to it any more."),
    KEY_EXPIRED(
            Severity.ERROR,
            Rule.R23,
            "The version of the key %1$s that encrypts this environment has expired; the data can still be read.",
            "Create a newer version of the key, and apply the policy again if it pins the old version.",
            "The version of the key in use has not expired."),
    KEY_REVOKED(
            Severity.CRITICAL,
            Rule.R20,
            "The key %1$s of this environment has been revoked (%2$s); the environment is locked since %3$s.",
            "Make the key usable again: undo each of the causes named. A locked environment is deleted when it stays locked for too long; the decision gives the date.",
            "The key of this environment is not revoked any more."),
    KEY_VERSION_DISABLED_EARLY(
            Severity.CRITICAL,
            Rule.R17,
            "A former version of the key %1$s was disabled less than 28 days after it was superseded; the environment is locked since %3$s.",
            "Enable that version again, and keep it enabled until 28 days after it was superseded; the decision lists it.",
            "No version of the key that has to be kept is disabled."),
    PREVIOUS_KEY_UNAVAILABLE(
            Severity.CRITICAL,
            Rule.R22,
            "The policy was changed or removed while the key %1$s was unusable; the data is still under that key, and the environment is locked.",
            "Make the previous key usable again; the change then takes effect by itself.",
            "No change of the policy waits for a previous key any more.");

    private final Severity severity;
    private final Rule rule;
    private final String message;
    private final String remediation;
    private final String cleared;

    WarningCode(Severity severity, Rule rule, String message, String remediation, String cleared) {
        this.severity = severity;
        this.rule = rule;
        this.message = message;
        this.remediation = remediation;
        this.cleared = cleared;
    }

    /// How grave it is.
    public Severity severity() {
        return severity;
    }

    /// The rule that raises it.
    public Rule rule() {
        return rule;
    }

    /// The text it is raised with, with places for what is true at that moment.
    public String messageTemplate() {
        return message;
    }

    /// What an administrator can do about it.
    public String remediation() {
        return remediation;
    }

    /// The text it is cleared with.
    public String clearedMessage() {
        return cleared;
    }
}
