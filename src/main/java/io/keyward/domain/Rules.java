package io.keyward.domain;

import static io.keyward.domain.decision.Standing.DELETED;
import static io.keyward.domain.decision.Standing.ENABLED;
import static io.keyward.domain.decision.Standing.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.Standing.NOT_ELIGIBLE;
import static io.keyward.domain.decision.Standing.NO_POLICY;
import static io.keyward.domain.decision.Standing.OVER_LIMIT;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// The rules of the domain in the order of their numbers: a pure function from an environment's situation to
/// its verdict.
///
/// Rules that concern several environments or several verdicts are elsewhere: slots and the limit (R10, R12,
/// R13) in [Slot] and `TenantState`, the published difference (R15) in `Difference`.
final class Rules {
    /// One rule: when it applies, and what it writes.
    private record Step(Rule rule, Predicate<Situation> when, BiConsumer<Situation, Draft> then) {}

    private static final List<Step> STEPS = List.of(
            new Step(Rule.R1, s -> s.is(NO_POLICY), Rules::everythingOnTheMicrosoftManagedKey),
            new Step(Rule.R2, s -> s.is(ENABLED), Rules::everythingOnTheCustomersKey),
            new Step(Rule.R3, s -> s.is(ENABLED), Rules::olderFlowsStay),
            new Step(Rule.R3a, s -> s.is(ENABLED) && s.flowsMigrate(), Rules::existingFlowsMigrate),
            new Step(Rule.R4, s -> s.is(INVENTORY_UNKNOWN), Rules::claimOnlyWhatNeedsNoInventory),
            new Step(Rule.R5, s -> s.is(ENABLED), Rules::connectionsWithoutOAuthStay),
            new Step(Rule.R6, s -> s.is(ENABLED), Rules::olderMachineGroupsMustBeReprovisioned),
            new Step(Rule.R7, s -> s.is(ENABLED), Rules::hostedMachinesStay),
            new Step(Rule.R8, s -> s.is(NOT_ELIGIBLE), Rules::notEligible),
            new Step(Rule.R8, s -> s.is(ENABLED) && !s.snapshot().orElseThrow().eligible(), Rules::noLongerEligible),
            new Step(Rule.R9, s -> !s.history().formerPeriods().isEmpty(), Rules::retainFormerKeys),
            new Step(Rule.R11, s -> s.is(OVER_LIMIT), Rules::overTheLimit),
            new Step(Rule.R29, EnforcementRules::apply, EnforcementRules::assess), // of protections before any lock
            new Step(Rule.R14, Situation::suppressed, Rules::suppressEverySink),
            new Step(Rule.R16, Situation::dataUnderKey, Rules::versionInForce),
            new Step(Rule.R17, Situation::dataUnderKey, Rules::retainSupersededVersions),
            new Step(Rule.R18, Situation::onCustomerKey, Rules::pinnedVersionIgnoresRotation),
            new Step(Rule.R20, Situation::locked, Rules::lock),
            new Step(Rule.R21, s -> s.reenableSince().isPresent(), Rules::reenable),
            new Step(Rule.R22, s -> s.onCustomerKey() && s.history().blockedBy().isPresent(), Rules::blockedChange),
            new Step(Rule.R23, Situation::onCustomerKey, Rules::expiry),
            new Step(Rule.R24, s -> s.is(DELETED), Rules::softDeleted),
            new Step(Rule.R26, Situation::locked, Rules::countdown),
            new Step(Rule.R32, EnforcementRules::evidenceRequired, EnforcementRules::requireEvidence));

    /// How long before its date an expiry is told (R23).
    private static final Duration EXPIRY_TOLD = Duration.ofDays(30);

    /// How many days before a deletion administrators are told (R26).
    private static final List<Integer> MARKS = List.of(7, 3, 1);

    private Rules() {}

    /// The verdict on an environment. Equal situations give equal verdicts.
    static Verdict decide(Situation situation) {
        Draft draft = new Draft(situation.asOf());
        situation.history().policyInForce().ifPresent(p -> draft.policyId = Optional.of(p.policyId()));
        for (Step step : STEPS) {
            if (step.when().test(situation)) {
                step.then().accept(situation, draft);
            }
        }
        return draft.verdict(situation);
    }

    private static void everythingOnTheMicrosoftManagedKey(Situation s, Draft draft) {
        draft.rules.add(Rule.R1);
        draft.all(MICROSOFT_MANAGED, Rule.R1);
    }

    private static void everythingOnTheCustomersKey(Situation s, Draft draft) {
        draft.rules.add(Rule.R2);
        draft.state = EncryptionState.CUSTOMER_MANAGED;
        draft.all(CUSTOMER_MANAGED, Rule.R2);
    }

    private static void olderFlowsStay(Situation s, Draft draft) {
        Snapshot snapshot = s.snapshot().orElseThrow();
        if (s.cloudFlowsLeft().isEmpty()) {
            stayIfOlder(s, draft, CLOUD_FLOWS, snapshot.cloudFlows());
        }
        stayIfOlder(s, draft, DESKTOP_FLOWS, snapshot.desktopFlows());
    }

    private static void stayIfOlder(Situation s, Draft draft, Component component, FlowInventory flows) {
        Protection protection = flows.protectionWhenEnabledAt(s.enabledSince().orElseThrow());
        if (protection == CUSTOMER_MANAGED) {
            return;
        }
        draft.rules.add(Rule.R3);
        draft.set(component, protection, Rule.R3);
        draft.worsen(FLOW_RUN_HISTORY, protection, Rule.R3);
        draft.warn(WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY, s.profile().flowWarning());
    }

    private static void existingFlowsMigrate(Situation s, Draft draft) {
        s.cloudFlowsLeft().ifPresent(left -> judgeByReport(s, draft, left));
        Optional<FlowMigration> migration = s.snapshot().orElseThrow().flowMigration();
        boolean onlyNewHistory = s.formerHistoryUntil().map(draft::reached).orElse(false);
        if (!onlyNewHistory) {
            draft.rules.add(Rule.R3a);
            draft.worsen(FLOW_RUN_HISTORY, MIXED, Rule.R3a);
        }
        migration.filter(m -> m.state() == FlowMigration.State.RUNNING).ifPresent(m -> {
            draft.rules.add(Rule.R3a);
            draft.warn(WarningCode.FLOW_MIGRATION_RUNNING, WarningText.migrationStart(m.startedAt()));
        });
    }

    private static void judgeByReport(Situation s, Draft draft, int left) {
        FlowInventory flows = s.snapshot().orElseThrow().cloudFlows();
        Protection protection = flows.protectionWith(left);
        draft.rules.add(Rule.R3a);
        draft.set(CLOUD_FLOWS, protection, Rule.R3a);
        draft.worsen(FLOW_RUN_HISTORY, protection, Rule.R3a);
        if (protection != CUSTOMER_MANAGED) {
            WarningText.FlowsLeft text = new WarningText.FlowsLeft(s.profile().flowWarning(), left, flows);
            draft.warn(new OpenWarning(
                    WarningKey.of(WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY), List.of(text), text.names()));
        }
    }

    private static void claimOnlyWhatNeedsNoInventory(Situation s, Draft draft) {
        draft.rules.add(Rule.R4);
        draft.state = EncryptionState.CUSTOMER_MANAGED;
        draft.all(UNDETERMINED, Rule.R4);
        draft.set(DATAVERSE, CUSTOMER_MANAGED, Rule.R4);
        draft.set(OAUTH_CONNECTIONS, CUSTOMER_MANAGED, Rule.R4);
        draft.set(NON_OAUTH_CONNECTIONS, MICROSOFT_MANAGED, Rule.R4);
        draft.set(HOSTED_MACHINES, MICROSOFT_MANAGED, Rule.R4);
        draft.warn(WarningCode.INVENTORY_UNKNOWN);
    }

    private static void connectionsWithoutOAuthStay(Situation s, Draft draft) {
        draft.set(NON_OAUTH_CONNECTIONS, MICROSOFT_MANAGED, Rule.R5);
        int connections = s.snapshot().orElseThrow().nonOAuthConnections();
        if (connections > 0) {
            draft.rules.add(Rule.R5);
            draft.warn(WarningCode.NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY, connections);
        }
    }

    private static void olderMachineGroupsMustBeReprovisioned(Situation s, Draft draft) {
        Instant inEffect = VersionPeriod.later(
                s.enabledSince().orElseThrow(), s.keyPeriod().since());
        List<HostedMachineGroup> groups = s.snapshot().orElseThrow().hostedMachineGroups();
        if (groups.isEmpty()) {
            return;
        }
        List<HostedMachineGroup> pending =
                groups.stream().filter(g -> g.provisionedBefore(inEffect)).toList();
        if (pending.isEmpty()) {
            return;
        }
        draft.rules.add(Rule.R6);
        draft.set(HOSTED_MACHINE_GROUPS, pending.size() == groups.size() ? PENDING_REPROVISION : MIXED, Rule.R6);
        pending.forEach(g -> draft.warn(reprovision(g.groupId().value())));
    }

    private static OpenWarning reprovision(String group) {
        WarningCode code = WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED;
        return new OpenWarning(new WarningKey(code, Optional.of(group)), List.of(group), Set.of());
    }

    private static void hostedMachinesStay(Situation s, Draft draft) {
        draft.set(HOSTED_MACHINES, MICROSOFT_MANAGED, Rule.R7);
        int machines = s.snapshot().orElseThrow().hostedMachines();
        if (machines > 0) {
            draft.rules.add(Rule.R7);
            draft.warn(WarningCode.HOSTED_MACHINES_NOT_SUPPORTED, machines);
        }
    }

    private static void notEligible(Situation s, Draft draft) {
        draft.rules.add(Rule.R8);
        draft.all(MICROSOFT_MANAGED, Rule.R8);
        draft.failed = true;
        Snapshot snapshot = s.snapshot().orElseThrow();
        draft.warn(
                WarningCode.ENVIRONMENT_NOT_ELIGIBLE,
                snapshot.type(),
                snapshot.managed() ? "a managed environment" : "not a managed environment");
    }

    private static void noLongerEligible(Situation s, Draft draft) {
        draft.rules.add(Rule.R8);
        draft.warn(WarningCode.POLICY_NOT_ENFORCED);
    }

    /// R9, and R22 for keys left by a swap.
    private static void retainFormerKeys(Situation s, Draft draft) {
        List<FormerKeyPeriod> kept = s.history().formerPeriods().stream()
                .filter(former -> !draft.reached(former.keptUntil()))
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        kept.forEach(former -> {
            draft.rules.add(former.by());
            draft.retain(wholeKey(former.period().key()), former.keptUntil());
        });
        draft.warn(WarningCode.RETAIN_KEY, WarningText.KeptKeys.of(kept));
        List<FormerKeyPeriod> atRisk =
                kept.stream().filter(FormerKeyPeriod::restoreAtRisk).toList();
        if (!atRisk.isEmpty()) {
            draft.warn(WarningCode.RESTORE_AT_RISK, WarningText.KeptKeys.of(atRisk));
        }
    }

    private static KeyReference wholeKey(KeyId key) {
        return new KeyReference(key, Optional.empty());
    }

    private static void overTheLimit(Situation s, Draft draft) {
        draft.rules.add(Rule.R11);
        draft.state = EncryptionState.CUSTOMER_MANAGED;
        draft.all(MICROSOFT_MANAGED, Rule.R11);
        draft.set(DATAVERSE, CUSTOMER_MANAGED, Rule.R11);
        draft.warn(WarningCode.ENVIRONMENT_LIMIT_EXCEEDED);
    }

    private static void suppressEverySink(Situation s, Draft draft) {
        draft.rules.add(Rule.R14);
        draft.enabledSince = s.enabledSince();
        Suppressed suppressed =
                new Suppressed(s.enabledSince().orElseThrow(), s.is(INVENTORY_UNKNOWN) ? Rule.R4 : Rule.R14);
        s.profile().sinks().forEach(sink -> draft.suppressed.put(sink, suppressed));
    }

    private static void versionInForce(Situation s, Draft draft) {
        draft.key = Optional.of(s.keyPeriod().reference());
        if (s.keyPeriod().reference().version().isPresent() && !s.keyPeriod().pinned()) {
            draft.rules.add(Rule.R16);
        }
    }

    private static void retainSupersededVersions(Situation s, Draft draft) {
        s.keyPeriod().supersededVersions().forEach((version, until) -> {
            if (!draft.reached(until)) {
                draft.rules.add(Rule.R17);
                draft.retain(new KeyReference(s.keyPeriod().key(), Optional.of(version)), until);
            }
        });
    }

    private static void pinnedVersionIgnoresRotation(Situation s, Draft draft) {
        if (!s.keyPeriod().pinned()) {
            return;
        }
        draft.rules.add(Rule.R18);
        if (s.history().policyInForce().isEmpty()) {
            return;
        }
        s.keyPeriod()
                .newestVersion()
                .filter(newest -> !s.keyPeriod().reference().version().equals(Optional.of(newest)))
                .ifPresent(newest -> draft.warn(
                        WarningCode.ROTATION_IGNORED_PINNED_VERSION,
                        s.keyPeriod().reference().version().orElseThrow(),
                        newest,
                        s.keyPeriod().key()));
    }

    /// R20, with R17, R19 and R23 as other reasons of a lock.
    private static void lock(Situation s, Draft draft) {
        Lock first = s.openLocks().getFirst();
        Rule reason = first.rule();
        for (Lock lock : s.openLocks()) {
            reason = Lock.prevailing(reason, lock.rule());
            draft.rules.add(lock.rule());
            draft.failed |= !lock.revocation().at().isAfter(s.keyPeriod().since());
        }
        Instant since = s.lockedSince();
        draft.state = EncryptionState.LOCKED;
        draft.lockedSince = Optional.of(since);
        draft.expectedDeletionAt = s.snapshot()
                .flatMap(snapshot -> snapshot.type().lifeWhenLocked())
                .map(since::plus);
        lockComponents(draft, reason);
        warnOfLock(s, draft, WarningCode.KEY_REVOKED);
        warnOfLock(s, draft, WarningCode.KEY_VERSION_DISABLED_EARLY);
    }

    private static void lockComponents(Draft draft, Rule reason) {
        draft.components.replaceAll((_, c) -> c.protection().whenLocked() == c.protection()
                ? c
                : new ComponentProtection(c.protection().whenLocked(), reason));
    }

    private static void warnOfLock(Situation s, Draft draft, WarningCode code) {
        List<Lock> locks = s.openLocks().stream()
                .filter(lock -> (lock.rule() == Rule.R17) == (code == WarningCode.KEY_VERSION_DISABLED_EARLY))
                .toList();
        if (locks.isEmpty()) {
            return;
        }
        WarningText.LockCauses causes = WarningText.LockCauses.of(locks);
        List<Object> arguments = List.of(
                s.keyPeriod().key(),
                causes,
                draft.lockedSince.orElseThrow(),
                WarningText.deletion(draft.expectedDeletionAt));
        draft.warn(new OpenWarning(
                WarningKey.of(code), arguments, causes.names(s.keyPeriod().key())));
    }

    private static void reenable(Situation s, Draft draft) {
        draft.rules.add(Rule.R21);
        draft.state = EncryptionState.RECOVERABLE;
        draft.warn(
                WarningCode.REENABLE_REQUIRED,
                s.keyPeriod().reference(),
                s.reenableSince().orElseThrow());
    }

    /// R22, and R9 if a removal waits.
    private static void blockedChange(Situation s, Draft draft) {
        Rule rule = s.history().blockedBy().orElseThrow();
        draft.rules.add(rule);
        draft.failed = true;
        draft.components.replaceAll(
                (_, c) -> c.protection() == Protection.LOCKED ? new ComponentProtection(c.protection(), rule) : c);
        draft.warn(WarningCode.PREVIOUS_KEY_UNAVAILABLE, s.keyPeriod().reference());
    }

    /// R23; the dates by R26.
    private static void expiry(Situation s, Draft draft) {
        s.keyPeriod()
                .expiryAnnounced()
                .filter(expiry -> draft.reached(expiry.expiresAt().minus(EXPIRY_TOLD)))
                .ifPresent(expiry -> {
                    WarningCode code =
                            draft.reached(expiry.expiresAt()) ? WarningCode.KEY_EXPIRED : WarningCode.KEY_EXPIRING;
                    warnOfExpiry(s, draft, code, Optional.of(expiry.version()), expiry.expiresAt());
                });
        if (!draft.warnings.containsKey(WarningKey.of(WarningCode.KEY_EXPIRED))) {
            s.expiredWithoutLock()
                    .ifPresent(revocation ->
                            warnOfExpiry(s, draft, WarningCode.KEY_EXPIRED, revocation.version(), revocation.at()));
        }
    }

    /// @param version the version that expires; empty if it is the one in force
    private static void warnOfExpiry(
            Situation s, Draft draft, WarningCode code, Optional<KeyVersion> version, Instant at) {
        draft.rules.add(Rule.R23);
        KeyReference inForce = s.keyPeriod().reference();
        KeyReference expiring = new KeyReference(inForce.key(), version.or(inForce::version));
        String use = expiring.equals(inForce)
                ? "This environment is encrypted with it."
                : "Whether this environment is encrypted with this version is not known.";
        draft.warn(new OpenWarning(
                WarningKey.of(code), List.of(expiring, at, use), Set.of(expiring + " " + OpenWarning.date(at))));
    }

    private static void softDeleted(Situation s, Draft draft) {
        draft.rules.add(Rule.R24);
        draft.state = EncryptionState.DELETED;
        draft.components.clear();
        draft.warnings.clear();
    }

    /// Each mark that was reached. A mark at the very time of the lock tells nothing: an environment that lives for 7
    /// days has none of 7 days.
    private static void countdown(Situation s, Draft draft) {
        Instant since = s.lockedSince();
        draft.expectedDeletionAt.ifPresent(deletion -> MARKS.forEach(days -> {
            Instant mark = deletion.minus(Duration.ofDays(days));
            if (mark.isAfter(since) && draft.reached(mark)) {
                draft.rules.add(Rule.R26);
                draft.warn(new OpenWarning(
                        new WarningKey(WarningCode.DELETION_IMMINENT, Optional.of(days.toString())),
                        List.of(s.keyPeriod().key(), since, deletion, days == 1 ? "1 day" : days + " days"),
                        Set.of(OpenWarning.date(deletion))));
            }
        }));
    }
}
