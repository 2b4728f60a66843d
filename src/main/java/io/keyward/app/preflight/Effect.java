package io.keyward.app.preflight;

import java.util.Optional;

/// What applying a policy does besides, whatever flows there are. The sources are the rules and, where none is
/// named, the same page as for [Advice].
enum Effect {
    FIREWALL(
            "Firewalls",
            "",
            "HTTP calls that flows make will come from other addresses. Before the policy is applied, admit the service"
                    + " tag PowerPlatformPlex in every firewall that they pass; else the calls are refused."),
    DURING_MIGRATION("During the migration", "R3a", "No flow can be created or changed."),
    RUN_HISTORY(
            "Run history",
            "R3a",
            "It is not carried forward: a flow shows only its later runs. Until 30 days after the migration, Microsoft"
                    + " support can be asked for a summary of the earlier ones (id, start, duration, result), without"
                    + " their inputs and outputs."),
    NEW_FLOWS(
            "New flows for apps",
            "",
            "Apps can use only flows in a solution. Switch on the environment's setting that creates flows in"
                    + " solutions."),
    DESKTOP_FLOWS(
            "Desktop flows",
            "R3",
            "Those that exist stay on the Microsoft-managed key; later ones are on the customer-managed key."),
    CONNECTIONS("Connections", "R5", "Those without OAuth stay on the Microsoft-managed key."),
    HOSTED_MACHINE_GROUPS(
            "Hosted machine groups", "R6", "Those that exist must be provisioned again (Reprovision group)."),
    HOSTED_MACHINES("Hosted machines", "R7", "They are not supported and stay on the Microsoft-managed key."),
    ELIGIBILITY(
            "Eligibility",
            "R8",
            "Nothing is encrypted with the customer-managed key, and no flow migrates, if the environment is not managed"
                    + " or is a trial, Teams or default environment."),
    ANALYTICS(
            "Analytics",
            "R14",
            "The environment's Power Automate data no longer flows to analytics, such as tenant-wide reports and the"
                    + " export to a data lake.");

    private final String subject;
    private final String rule;
    private final String text;

    Effect(String subject, String rule, String text) {
        this.subject = subject;
        this.rule = rule;
        this.text = text;
    }

    String subject() {
        return subject;
    }

    Optional<String> rule() {
        return rule.isEmpty() ? Optional.empty() : Optional.of(rule);
    }

    String text() {
        return text;
    }
}
