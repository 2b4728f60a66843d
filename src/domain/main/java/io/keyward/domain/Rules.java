package io.keyward.domain;

import static io.keyward.domain.decision.Standing.DELETED;
import static io.keyward.domain.decision.Standing.ENABLED;
import static io.keyward.domain.decision.Standing.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.Standing.NOT_ELIGIBLE;
import static io.keyward.domain.decision.Standing.NO_POLICY;
import static io.keyward.domain.decision.Standing.OVER_LIMIT;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
            new Step(Rule.R3, s -> s.is(ENABLED), FlowRules::olderFlowsStay),
            new Step(Rule.R3a, s -> s.is(ENABLED) && s.flowsMigrate(), FlowRules::existingFlowsMigrate),
            new Step(Rule.R4, s -> s.is(INVENTORY_UNKNOWN), Rules::claimOnlyWhatNeedsNoInventory),
            new Step(Rule.R5, s -> s.is(ENABLED), Rules::connectionsWithoutOAuthStay),
            new Step(Rule.R5, EnforcementRules::leavesOAuthConnectionsOpen, Rules::claimNothingOfOAuthConnections),
            new Step(Rule.R6, s -> s.is(ENABLED), Rules::olderMachineGroupsMustBeReprovisioned),
            new Step(Rule.R7, s -> s.is(ENABLED), Rules::hostedMachinesStay),
            new Step(Rule.R8, s -> s.is(NOT_ELIGIBLE), Rules::notEligible),
            new Step(Rule.R8, s -> s.is(ENABLED) && !s.snapshot().orElseThrow().eligible(), Rules::noLongerEligible),
            new Step(Rule.R9, s -> !s.history().formerPeriods().isEmpty(), Rules::retainFormerKeys),
            new Step(Rule.R11, s -> s.is(OVER_LIMIT), Rules::overTheLimit),
            new Step(Rule.R29, EnforcementRules::apply, EnforcementRules::assess), // before any lock
            new Step(Rule.R14, Situation::suppressed, Rules::suppressEverySink),
            new Step(Rule.R16, Situation::dataUnderKey, Rules::versionInForce),
            new Step(Rule.R17, Situation::dataUnderKey, Rules::retainSupersededVersions),
            new Step(Rule.R18, Situation::onCustomerKey, Rules::pinnedVersionIgnoresRotation),
            new Step(Rule.R20, Situation::locked, LockRules::lock),
            new Step(Rule.R21, s -> s.reenableSince().isPresent(), LockRules::reenable),
            new Step(Rule.R22, s -> s.onCustomerKey() && s.history().blockedBy().isPresent(), LockRules::blockedChange),
            new Step(Rule.R23, Situation::onCustomerKey, LockRules::expiry),
            new Step(Rule.R24, s -> s.is(DELETED), Rules::softDeleted),
            new Step(Rule.R26, Situation::locked, LockRules::countdown),
            new Step(Rule.R32, EnforcementRules::evidenceRequired, EnforcementRules::requireEvidence));

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
        draft.all(MICROSOFT_MANAGED, Rule.R1);
    }

    private static void everythingOnTheCustomersKey(Situation s, Draft draft) {
        draft.state = EncryptionState.CUSTOMER_MANAGED;
        draft.all(CUSTOMER_MANAGED, Rule.R2);
    }

    private static void claimOnlyWhatNeedsNoInventory(Situation s, Draft draft) {
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
            draft.warn(WarningCode.NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY, new OpenWarning.Count(connections));
        }
    }

    private static void claimNothingOfOAuthConnections(Situation s, Draft draft) {
        draft.rules.add(Rule.R5);
        draft.set(OAUTH_CONNECTIONS, UNDETERMINED, Rule.R5);
    }

    private static void olderMachineGroupsMustBeReprovisioned(Situation s, Draft draft) {
        Instant inEffect = s.groupsUnderKeySince();
        List<HostedMachineGroup> groups = s.snapshot().orElseThrow().hostedMachineGroups();
        List<String> pending = new ArrayList<>(0);
        for (HostedMachineGroup group : groups) {
            if (group.provisionedBefore(inEffect)) {
                pending.add(group.groupId().value());
            }
        }
        if (!pending.isEmpty()) {
            draft.rules.add(Rule.R6);
            draft.set(HOSTED_MACHINE_GROUPS, pending.size() == groups.size() ? PENDING_REPROVISION : MIXED, Rule.R6);
            Collections.sort(pending);
            draft.warn(OpenWarning.about(
                    WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, pending, Sentences.some(pending)));
        }
    }

    private static void hostedMachinesStay(Situation s, Draft draft) {
        draft.set(HOSTED_MACHINES, MICROSOFT_MANAGED, Rule.R7);
        int machines = s.snapshot().orElseThrow().hostedMachines();
        if (machines > 0) {
            draft.rules.add(Rule.R7);
            draft.warn(WarningCode.HOSTED_MACHINES_NOT_SUPPORTED, new OpenWarning.Count(machines));
        }
    }

    private static void notEligible(Situation s, Draft draft) {
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
                .filter(former -> !draft.reachedElseSchedule(former.keptUntil()))
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        kept.forEach(former -> {
            draft.rules.add(former.by());
            draft.retain(former.period().reference().wholeKey(), former.keptUntil());
        });
        draft.warn(
                WarningCode.RETAIN_KEY,
                WarningText.KeptKeys.of(kept, s.history().policyInForce()));
        List<FormerKeyPeriod> atRisk =
                kept.stream().filter(FormerKeyPeriod::restoreAtRisk).toList();
        if (!atRisk.isEmpty()) {
            draft.warn(WarningCode.RESTORE_AT_RISK, WarningText.KeptKeys.of(atRisk, Optional.empty()));
        }
    }

    private static void overTheLimit(Situation s, Draft draft) {
        draft.state = EncryptionState.CUSTOMER_MANAGED;
        draft.all(MICROSOFT_MANAGED, Rule.R11);
        draft.set(DATAVERSE, CUSTOMER_MANAGED, Rule.R11);
        draft.warn(WarningCode.ENVIRONMENT_LIMIT_EXCEEDED);
    }

    private static void suppressEverySink(Situation s, Draft draft) {
        draft.rules.add(Rule.R14);
        draft.enabledSince = s.enabledSince();
        draft.suppressed = s.profile().sinks();
    }

    private static void versionInForce(Situation s, Draft draft) {
        draft.key = Optional.of(s.keyPeriod().reference());
        if (s.keyPeriod().reference().version().isPresent() && !s.keyPeriod().pinned()) {
            draft.rules.add(Rule.R16);
        }
    }

    private static void retainSupersededVersions(Situation s, Draft draft) {
        s.keyPeriod().supersededVersions(s.asOf()).forEach((version, until) -> {
            if (!draft.reachedElseSchedule(until)) {
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

    private static void softDeleted(Situation s, Draft draft) {
        draft.rules.add(Rule.R24);
        draft.state = EncryptionState.DELETED;
        draft.components.clear();
        draft.warnings.clear();
    }
}
