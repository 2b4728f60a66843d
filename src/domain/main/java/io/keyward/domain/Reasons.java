package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Composes the sentences about what each rule found in an environment.
record Reasons(Situation s, Verdict verdict) {
    /// What a rule that contributed to the verdict says, with the facts that it used.
    String sentence(Rule rule) {
        return switch (rule) {
            case R1 -> absence();
            case R2 -> underKey() + enabled();
            case R3 -> olderFlows();
            case R3a -> migration();
            case R4 -> underKey() + " No report of what the environment holds has arrived.";
            case R5 -> joined(connectionsWithoutOAuth(), openOAuthConnections());
            case R6 -> groups();
            case R7 -> "Hosted machines in this environment: " + snapshot().hostedMachines() + ".";
            case R8 -> eligibility();
            case R9, R22 -> joined(waiting(rule), left(rule));
            case R11 ->
                underKey() + " It has waited for a place within the tenant's limit since "
                        + Sentences.date(s.history().seriesStart().orElseThrow()) + ".";
            case R14 ->
                "Data has not been allowed to flow to these sinks since "
                        + Sentences.date(s.enabledSince().orElseThrow()) + ": "
                        + String.join(", ", s.profile().sinks()) + ".";
            case R16 -> versionInForce();
            case R17 -> joined(superseded(), locks(rule));
            case R18 ->
                "The policy pins the key " + s.keyPeriod().reference() + "; the newest known version of that key is "
                        + text(s.keyPeriod().newestVersion()) + ".";
            case R19, R20 -> joined(locks(rule));
            case R21 -> reenable();
            case R23 -> joined(expiry(), locks(rule));
            case R24 -> "The last report says that this environment is deleted.";
            case R25 ->
                "The next date on which the verdict may change by itself is "
                        + Sentences.date(verdict.dueAt().orElseThrow()) + ".";
            case R26 -> countdown();
            case R28 -> enforcement().reported();
            case R29 -> enforcement().compared();
            case R30 -> enforcement().lateOrFailed();
            case R31 -> enforcement().astray();
            case R32 -> enforcement().notClaimed();
            case R10, R12, R13, R15 -> "";
        };
    }

    private EnforcementReasons enforcement() {
        return new EnforcementReasons(s, verdict);
    }

    private Snapshot snapshot() {
        return s.snapshot().orElseThrow();
    }

    private KeyId key() {
        return s.keyPeriod().key();
    }

    private String absence() {
        List<FormerKeyPeriod> former = s.history().formerPeriods();
        return former.isEmpty()
                ? "No policy has taken effect in this environment."
                : "The data of this environment left the key "
                        + former.getLast().period().key() + " on "
                        + Sentences.date(former.getLast().left()) + " and is under no customer-managed key since.";
    }

    private String underKey() {
        String data = "the data of this environment has been under the key "
                + (s.keyPeriod().pinned() ? s.keyPeriod().reference() : key()) + " since "
                + Sentences.date(s.keyPeriod().since()) + ".";
        return s.history()
                .policyInForce()
                .map(p -> "The policy " + p.policyId() + " of " + Sentences.date(p.at()) + " is in force, and " + data)
                .orElse("No policy is in force any more, but " + data);
    }

    private String enabled() {
        return s.enabledSince()
                .map(since -> " It has been enabled since " + Sentences.date(since) + ".")
                .orElse("");
    }

    private String olderFlows() {
        String cloud =
                s.cloudFlowsLeft().isEmpty() ? flows("Cloud flows", snapshot().cloudFlows()) + " " : "";
        return cloud + flows("Desktop flows", snapshot().desktopFlows())
                + " The environment has been enabled since "
                + Sentences.date(s.enabledSince().orElseThrow()) + ".";
    }

    private static String flows(String what, FlowInventory flows) {
        return flows.count() == 0
                ? what + ": none."
                : what + ": " + flows.count() + ", the oldest created on " + date(flows.oldestCreatedAt())
                        + ", the newest on " + date(flows.newestCreatedAt()) + ".";
    }

    private String migration() {
        String flows = s.cloudFlowsLeft()
                .map(left -> "The platform reports " + left + " of "
                        + snapshot().cloudFlows().count() + " cloud flows under the Microsoft-managed key.")
                .orElse(
                        "Since this environment was enabled, the platform has not reported the keys of its cloud flows.");
        String migration = snapshot()
                .flowMigration()
                .map(m -> "The migration of flows is reported as " + m.state() + dates(m) + ".")
                .orElse("No migration of flows is reported.");
        return flows + " " + migration + " The environment has been enabled since "
                + Sentences.date(s.enabledSince().orElseThrow()) + ".";
    }

    private static String dates(FlowMigration migration) {
        return migration
                        .startedAt()
                        .map(t -> ", started on " + Sentences.date(t))
                        .orElse("")
                + migration
                        .finishedAt()
                        .map(t -> ", ended on " + Sentences.date(t))
                        .orElse("");
    }

    private Stream<String> connectionsWithoutOAuth() {
        return s.snapshot().stream()
                .filter(held -> held.nonOAuthConnections() > 0)
                .map(held -> "Connections without OAuth in this environment: " + held.nonOAuthConnections() + ".");
    }

    private Stream<String> openOAuthConnections() {
        return EnforcementRules.leavesOAuthConnectionsOpen(s)
                ? Stream.of(
                        "By the rule profile, settings and metadata of connections may stay under a Microsoft-managed"
                                + " key, and no proof shows that OAuth connections are under the customer's key.")
                : Stream.empty();
    }

    private String groups() {
        return "The key " + key() + " has been in effect for hosted machine groups since "
                + Sentences.date(s.groupsUnderKeySince())
                + ". Their groups were provisioned last: "
                + snapshot().hostedMachineGroups().stream()
                        .map(g -> g.groupId() + " on " + Sentences.date(g.provisionedAt()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private String eligibility() {
        return "The last report calls this environment one of the type "
                + snapshot().type() + " that is " + (snapshot().managed() ? "managed." : "not managed.");
    }

    private Stream<String> waiting(Rule rule) {
        return s.history().blockedBy().filter(rule::equals).stream()
                .map(_ -> "The policy was " + (rule == Rule.R9 ? "removed" : "changed") + " while the key " + key()
                        + " could not be used, so the data is still under that key.");
    }

    private Stream<String> left(Rule rule) {
        return s.history()
                .keptAfter(s.asOf())
                .filter(f -> f.by() == rule)
                .map(f -> "The data left the key " + f.period().key() + " on " + Sentences.date(f.left())
                        + ", and backups may need that key until " + Sentences.date(f.keptUntil())
                        + (f.restoreAtRisk() ? "; it cannot be used at present." : "."));
    }

    private String versionInForce() {
        Instant since = s.keyPeriod().newestVersionSince();
        return "Version " + text(s.keyPeriod().newestVersion()) + " of the key " + key() + " has been in force since "
                + Sentences.date(since) + ".";
    }

    private Stream<String> superseded() {
        return s.keyPeriod().supersededVersions(s.asOf()).entrySet().stream()
                .map(e -> "Version " + e.getKey() + " of the key " + key() + " was replaced on "
                        + Sentences.date(e.getValue().minus(VersionHistory.SUPERSEDED_KEPT))
                        + " and must stay enabled until "
                        + Sentences.date(e.getValue()) + ".");
    }

    private Stream<String> locks(Rule rule) {
        String causes = s.revocationsBy(rule).map(Sentences::happened).collect(Collectors.joining("; "));
        return causes.isEmpty()
                ? Stream.empty()
                : Stream.of("The key " + key() + " cannot be used as it should be: " + causes + ".");
    }

    private String reenable() {
        return "The key " + key() + " has been usable again since "
                + Sentences.date(s.reenableSince().orElseThrow()) + "; this environment was "
                + s.runtimeEnabledAt()
                        .map(t -> "last seen enabled on " + Sentences.date(t) + ".")
                        .orElse("never seen enabled.");
    }

    private Stream<String> expiry() {
        return s.keyPeriod().expiryAnnounced().stream()
                .map(e -> "Version " + e.version() + " of the key " + key() + " is announced to expire on "
                        + Sentences.date(e.expiresAt()) + ".");
    }

    private String countdown() {
        return "This environment is expected to be deleted on "
                + Sentences.date(verdict.decision().expectedDeletionAt().orElseThrow())
                + ". The warning about it has the severity "
                + verdict.openWarnings().get(WarningCode.DELETION_IMMINENT).severity() + ".";
    }

    private static String joined(Stream<String> first, Stream<String> second) {
        return joined(Stream.concat(first, second));
    }

    private static String joined(Stream<String> sentences) {
        return sentences.collect(Collectors.joining(" "));
    }

    private static String date(Optional<Instant> moment) {
        return moment.map(Sentences::date).orElse("an unknown date");
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("unknown");
    }
}
