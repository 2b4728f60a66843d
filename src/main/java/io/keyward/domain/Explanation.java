package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.VersionPeriod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One reason for a verdict: a rule that contributed to it, and the facts that the rule used.
///
/// @param facts the facts as half a sentence; empty for a rule that uses none
public record Explanation(Rule rule, String facts) {
    /// The reasons for a verdict, in the order of the rules' numbers.
    static List<Explanation> of(Situation situation, Verdict verdict) {
        return verdict.rules().stream()
                .sorted()
                .map(rule -> new Explanation(rule, facts(rule, situation, verdict)))
                .toList();
    }

    private static String facts(Rule rule, Situation s, Verdict verdict) {
        return switch (rule) {
            case R1 -> absence(s);
            case R2 ->
                policy(s)
                        + keyPeriod(s)
                        + s.enabledSince().map(t -> ", enabled since " + t).orElse("");
            case R3 ->
                (s.cloudFlowsLeft().isEmpty() ? flows("cloud flows", snapshot(s).cloudFlows()) + "; " : "")
                        + flows("desktop flows", snapshot(s).desktopFlows())
                        + "; enabled since " + s.enabledSince().orElseThrow();
            case R3a -> migration(s);
            case R4 -> policy(s) + keyPeriod(s) + ", and no snapshot of the environment";
            case R5 -> snapshot(s).nonOAuthConnections() + " connections without OAuth";
            case R6 -> groups(s);
            case R7 -> snapshot(s).hostedMachines() + " hosted machines";
            case R8 -> "type " + snapshot(s).type() + ", " + (snapshot(s).managed() ? "managed" : "not managed");
            case R9, R22 -> formerKeys(s, rule);
            case R11 ->
                policy(s) + keyPeriod(s) + ", waiting since "
                        + s.history().seriesStart().orElseThrow();
            case R14 ->
                String.join(", ", s.profile().sinks()) + " since "
                        + s.enabledSince().orElseThrow();
            case R16 ->
                "version " + text(s.keyPeriod().newestVersion()) + " in force since "
                        + s.keyPeriod().newestVersionSince();
            case R17 -> joined(superseded(s), locks(s, rule));
            case R18 ->
                "pinned version " + text(s.keyPeriod().reference().version()) + ", newest version "
                        + text(s.keyPeriod().newestVersion());
            case R19, R20 -> joined(locks(s, rule));
            case R21 ->
                "usable again since " + s.reenableSince().orElseThrow()
                        + s.runtimeEnabledAt()
                                .map(t -> ", runtime last seen enabled at " + t)
                                .orElse(", runtime never seen enabled");
            case R23 -> joined(expiry(s), locks(s, rule));
            case R24 -> "lifecycle " + snapshot(s).lifecycle();
            case R25 -> "due next at " + verdict.dueAt().orElseThrow();
            case R26 -> countdown(verdict);
            case R10, R12, R13, R15 -> "";
        };
    }

    private static Snapshot snapshot(Situation s) {
        return s.snapshot().orElseThrow();
    }

    private static String absence(Situation s) {
        List<FormerKeyPeriod> former = s.history().formerPeriods();
        return former.isEmpty()
                ? "no policy has taken effect"
                : "left the key " + former.getLast().period().key() + " at "
                        + former.getLast().left();
    }

    private static String policy(Situation s) {
        return s.history()
                .policyInForce()
                .map(p -> "policy " + p.policyId() + " of " + p.at() + ", ")
                .orElse("no policy in force any more, ");
    }

    private static String keyPeriod(Situation s) {
        return "data under "
                + (s.keyPeriod().pinned()
                        ? s.keyPeriod().reference()
                        : s.keyPeriod().key()) + " since "
                + s.keyPeriod().since();
    }

    private static String flows(String what, FlowInventory flows) {
        return flows.count() == 0
                ? "no " + what
                : flows.count() + " " + what + ", oldest " + text(flows.oldestCreatedAt()) + ", newest "
                        + text(flows.newestCreatedAt());
    }

    private static String migration(Situation s) {
        String flows = s.cloudFlowsLeft()
                .map(left -> left + " of " + snapshot(s).cloudFlows().count()
                        + " cloud flows reported on the Microsoft-managed key")
                .orElse("no report of the keys of cloud flows since then");
        String migration = snapshot(s)
                .flowMigration()
                .map(m -> "migration " + m.state()
                        + m.startedAt().map(t -> ", started " + t).orElse("")
                        + m.finishedAt().map(t -> ", finished " + t).orElse(""))
                .orElse("nothing reported of a migration");
        return "enabled since " + s.enabledSince().orElseThrow() + "; " + flows + "; " + migration;
    }

    private static String groups(Situation s) {
        return snapshot(s).hostedMachineGroups().stream()
                        .map(g -> g.groupId() + " provisioned " + g.provisionedAt())
                        .collect(Collectors.joining(", "))
                + "; key in effect since "
                + VersionPeriod.later(
                        s.enabledSince().orElseThrow(), s.keyPeriod().since());
    }

    /// For R9 and R22: the change that waits for the previous key, and the keys that the data has left.
    private static String formerKeys(Situation s, Rule rule) {
        Stream<String> blocked = s.history().blockedBy().filter(rule::equals).stream()
                .map(_ -> "data still under " + s.keyPeriod().key() + ", which was unusable");
        Stream<String> left = s.history().formerPeriods().stream()
                .filter(f -> f.by() == rule && f.keptUntil().isAfter(s.asOf()))
                .map(f -> f.period().key() + " left at " + f.left() + (f.restoreAtRisk() ? ", revoked since" : ""));
        return joined(blocked, left);
    }

    private static Stream<String> superseded(Situation s) {
        return s.keyPeriod().supersededVersions().entrySet().stream()
                .filter(e -> e.getValue().isAfter(s.asOf()))
                .map(e -> "version " + e.getKey() + " to be kept until " + e.getValue());
    }

    private static Stream<String> locks(Situation s, Rule rule) {
        return s.history().locks().stream()
                .filter(lock -> lock.open() && lock.rule() == rule)
                .map(Lock::revocation)
                .map(r -> r.cause() + " at " + r.at()
                        + r.version().map(v -> " of version " + v).orElse(" of the whole key"));
    }

    private static Stream<String> expiry(Situation s) {
        return s.keyPeriod().expiryAnnounced().stream()
                .map(e -> "version " + e.version() + " announced to expire on " + e.expiresAt());
    }

    private static String countdown(Verdict verdict) {
        return "deletion expected at " + verdict.decision().expectedDeletionAt().orElseThrow() + ", days before it: "
                + verdict.openWarnings().keySet().stream()
                        .filter(warning -> warning.code() == WarningCode.DELETION_IMMINENT)
                        .map(warning -> warning.subject().orElseThrow())
                        .sorted(Comparator.reverseOrder())
                        .collect(Collectors.joining(", "));
    }

    private static String joined(Stream<String> first, Stream<String> second) {
        return joined(Stream.concat(first, second));
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining("; "));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("unknown");
    }
}
