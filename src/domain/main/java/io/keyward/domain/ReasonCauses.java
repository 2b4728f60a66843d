package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// Finds the events that stated the facts that each rule used.
record ReasonCauses(Situation s, Verdict verdict) {
    /// Oldest first, each once.
    List<Stamp> of(Rule rule) {
        Stream<Stamp> causes = switch (rule) {
            case R1 -> s.history().formerPeriods().isEmpty() ? snapshot() : leftBy(Rule.R9);
            case R2, R4, R11 -> Stream.concat(beginning(), policyInForce());
            case R3, R3a, R6 -> Stream.concat(snapshot(), beginning());
            case R5 -> Stream.concat(snapshot(), s.snapshot().isEmpty() ? policyInForce() : Stream.empty());
            case R7, R24 -> snapshot();
            case R8 -> Stream.concat(snapshot(), policyInForce());
            case R9, R22 ->
                Stream.of(waiting(rule), leftBy(rule), backups(rule)).flatMap(each -> each);
            case R14 -> at(s.history().seriesStart().orElseThrow());
            case R16 -> at(s.keyPeriod().newestVersionSince());
            case R17 -> Stream.concat(superseded(), locks(rule));
            case R18 -> Stream.concat(policyInForce(), at(s.keyPeriod().newestVersionSince()));
            case R19, R20 -> locks(rule);
            case R21 -> at(s.reenableSince().orElseThrow());
            case R23 -> Stream.concat(s.keyPeriod().expiryAnnounced().stream().map(Fact::stamp), locks(rule));
            case R26 -> stamps(s.openLocks().stream().map(Lock::revocation));
            case R28, R29 -> latest((_, _) -> true);
            case R30 -> latest(this::showsLateOrFailed);
            case R31 -> Stream.concat(cleanBeforeDrift(), latest(this::showsAstray));
            case R32 -> latest((component, _) -> decided(component).reason() == Rule.R32);
            case R10, R12, R13, R15, R25 -> Stream.empty();
        };
        return causes.distinct().sorted().toList();
    }

    private Stream<Stamp> snapshot() {
        return s.facts().snapshot().stream().map(Register::stamp);
    }

    private Stream<Stamp> policyInForce() {
        return s.history().policyInForce().stream().map(Fact::stamp);
    }

    /// The application that brought the data under its key.
    private Stream<Stamp> beginning() {
        Instant since = s.keyPeriod().since();
        return s.facts().applications().facts().reversed().stream()
                .filter(a -> a.key().key().equals(s.keyPeriod().key()) && !a.at().isAfter(since))
                .limit(1)
                .map(Fact::stamp);
    }

    /// The change that waits for the key of the data: the newest one.
    private Stream<Stamp> waiting(Rule rule) {
        return s.history().blockedBy().filter(rule::equals).stream().flatMap(_ -> changeBy(rule, s.asOf()));
    }

    private Stream<Stamp> leftBy(Rule rule) {
        return former(rule).flatMap(former -> changeBy(rule, former.left()));
    }

    private Stream<Stamp> backups(Rule rule) {
        return stamps(former(rule).flatMap(former -> former.revocationsOfBackups().stream()));
    }

    /// Without a policy, the last key counts whenever it was left.
    private Stream<FormerKeyPeriod> former(Rule rule) {
        List<FormerKeyPeriod> former = s.history().formerPeriods();
        return former.stream()
                .filter(f -> f.by() == rule)
                .filter(f -> f.keptUntil().isAfter(s.asOf()) || (f.equals(former.getLast()) && !s.onCustomerKey()));
    }

    /// The newest removal or application up to that moment.
    private Stream<Stamp> changeBy(Rule rule, Instant moment) {
        List<? extends Fact> changes = rule == Rule.R9
                ? s.facts().removals().facts()
                : s.facts().applications().facts();
        return changes.reversed().stream()
                .filter(change -> !change.at().isAfter(moment))
                .limit(1)
                .map(Fact::stamp);
    }

    private Stream<Stamp> superseded() {
        return s.keyPeriod().supersededVersions(s.asOf()).values().stream()
                .flatMap(until -> at(until.minus(VersionHistory.SUPERSEDED_KEPT)));
    }

    private Stream<Stamp> locks(Rule rule) {
        return stamps(s.revocationsBy(rule));
    }

    private static Stream<Stamp> stamps(Stream<Fact.Revocation> revocations) {
        return revocations.filter(r -> !r.isOfEvicted()).map(Fact::stamp);
    }

    /// What was stated for that very moment: about the environment's policies, and about the rotations and
    /// restorations of its keys.
    private Stream<Stamp> at(Instant moment) {
        return Stream.concat(
                        s.facts().applications().facts().stream(),
                        s.facts().keys().stream().flatMap(this::changes))
                .filter(fact -> fact.at().equals(moment))
                .map(Fact::stamp);
    }

    private Stream<? extends Fact> changes(KeyId key) {
        KeyFacts facts = s.facts(key);
        return Stream.concat(facts.rotations().facts().stream(), facts.restorations().facts().stream());
    }

    private ComponentProtection decided(Component component) {
        return verdict.decision().components().get(component);
    }

    private boolean showsLateOrFailed(Component component, Part part) {
        return part.status() == EnforcementStatus.FAILED
                || (part.status() != EnforcementStatus.ENFORCED
                        && verdict.warnsOf(component, WarningCode.ENFORCEMENT_LATE));
    }

    /// Whether its latest report counts items that have left their key, or are under an unexpected one.
    private boolean showsAstray(Component component, Part part) {
        Set<KeyReference> unexpected = verdict.enforcement().get(component).unexpectedKeys();
        return part.drifted()
                || part.reports().stream()
                        .flatMap(reports -> reports.latest().report().items().stream())
                        .anyMatch(items ->
                                items.key().filter(unexpected::contains).isPresent());
    }

    private Stream<Stamp> cleanBeforeDrift() {
        return verdict.enforcement().values().stream()
                .flatMap(of -> of.parts().stream())
                .filter(Part::drifted)
                .flatMap(part -> part.reports().flatMap(PartReports::lastClean).stream())
                .map(PartReports.Stated::stamp);
    }

    /// The latest reports of some of the known parts (R28–R32).
    private Stream<Stamp> latest(BiPredicate<Component, Part> which) {
        return verdict.enforcement().entrySet().stream()
                .flatMap(of -> of.getValue().latest(part -> which.test(of.getKey(), part)).stream())
                .map(PartReports.Stated::stamp);
    }
}
