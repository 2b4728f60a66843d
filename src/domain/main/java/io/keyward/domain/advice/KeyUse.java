package io.keyward.domain.advice;

import static io.keyward.domain.advice.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.advice.DisableBlocker.Code.SUCCESSOR_UNUSABLE;
import static io.keyward.domain.advice.DisableBlocker.Code.UNPROVEN;

import io.keyward.domain.FormerKeyPeriod;
import io.keyward.domain.History;
import io.keyward.domain.KeyPeriod;
import io.keyward.domain.Lock;
import io.keyward.domain.Sentences;
import io.keyward.domain.Situation;
import io.keyward.domain.VersionHistory;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every reason of one environment not to disable a key, or one version of it (R27).
///
/// Judged from the environment's history and from reports, not from its decision: a policy that is not enforced
/// (R8) can be enforced any day, and what was disabled before then locks the environment.
record KeyUse(Situation situation, KeyReference target, BlockerList blockers) {
    /// How long the version in force must remain valid.
    private static final Duration SUCCESSOR_VALID = Duration.ofDays(7);

    void addReasons() {
        Optional<KeyPeriod> period = history().keyPeriod();
        Optional<FormerKeyPeriod> former = history().lastUnder(key());
        boolean underKey = period.filter(present -> present.key().equals(key())).isPresent();
        if (underKey) {
            inUse(period.get());
            superseded(period.get());
            unsettled();
        }
        history().blockedBy().ifPresent(rule -> pendingChange(rule, underKey));
        former.ifPresent(this::left);
        fullHistories();
        new ReportedUse(blockers.user(), target).addTo(blockers, situation);
        if (period.isPresent() && (underKey || former.isPresent()) && !isInForce(period.get())) {
            successor(period.get());
        }
    }

    private History history() {
        return situation.history();
    }

    private KeyId key() {
        return target.key();
    }

    /// Whether the target is the version in force itself.
    private boolean isInForce(KeyPeriod of) {
        return of.key().equals(key())
                && (target.version().isEmpty()
                        || target.version().equals(of.reference().version()));
    }

    private void inUse(KeyPeriod of) {
        if (!isInForce(of)) {
            return;
        }
        if (of.pinned() && target.version().isPresent()) {
            blockers.add(IN_USE, "The policy of %1$s pins %2$s.", target);
        } else if (situation.dataUnderKey()) {
            blockers.add(IN_USE, "The data of %1$s is encrypted with %2$s.", target);
        } else {
            blockers.add(
                    IN_USE,
                    "A policy applies %2$s to %1$s; it cannot be enforced at present, but can be once the environment is a managed one of an eligible type.",
                    target);
        }
    }

    /// R17. Does not apply to a whole key, which is in use.
    private void superseded(KeyPeriod of) {
        if (target.version().isEmpty() || isInForce(of)) {
            return;
        }
        KeyVersion version = target.version().get();
        if (!of.pinned() && !of.versions().knownAsSuperseded(version)) {
            blockers.add(
                    UNPROVEN,
                    "%1$s follows the rotation of the key, and it is not known that another version has replaced %2$s.",
                    target);
        }
        of.versions()
                .lastUsed(version, situation.asOf())
                .map(end -> end.plus(VersionHistory.SUPERSEDED_KEPT))
                .ifPresent(until -> blockers.notBefore(
                        until,
                        "The data of %1$s was encrypted with %2$s, or may have been; it must stay enabled until %3$s, 28 days after it was replaced.",
                        target,
                        until));
    }

    private void unsettled() {
        if (situation.snapshot().isEmpty()) {
            blockers.add(UNPROVEN, "What %1$s holds is not known, and its policy applies the key %2$s.", key());
        } else if (situation.snapshot().get().lifecycle() == Lifecycle.DELETED) {
            blockers.add(UNPROVEN, "%1$s is deleted; if it is restored, it is under the key %2$s again.", key());
        }
        if (situation.locked()) {
            Instant since = situation.lockedSince();
            blockers.add(UNPROVEN, "%1$s is under the key %2$s and has been locked since %3$s.", key(), since);
        }
        situation
                .reenableSince()
                .ifPresent(since -> blockers.add(
                        UNPROVEN,
                        "%1$s is under the key %2$s and has not been enabled since its lock ended on %3$s.",
                        key(),
                        since));
    }

    private void pendingChange(Rule rule, boolean underKey) {
        if (underKey) {
            blockers.add(
                    IN_USE,
                    "The policy of %1$s was changed or removed; this takes effect only once the key %2$s is usable.",
                    key());
        } else if (rule == Rule.R22
                && history().policyInForce().orElseThrow().key().key().equals(key())) {
            blockers.add(
                    IN_USE,
                    "The policy of %1$s was changed to the key %2$s; this takes effect once its previous key is usable.",
                    key());
        }
    }

    /// What backups and machines may still need.
    private void left(FormerKeyPeriod last) {
        blockers.notBefore(
                last.keptUntil(),
                "Backups of %1$s may still be encrypted with the key %2$s, which it left on %3$s; it must stay enabled until %4$s.",
                key(),
                last.left(),
                last.keptUntil());
        if (situation.snapshot().isEmpty()) {
            blockers.add(
                    UNPROVEN,
                    "Whether %1$s has hosted machine groups from before it left the key %2$s is not known.",
                    key());
            return;
        }
        // R6: the machines of a group are under the key of the time at which it was provisioned.
        List<String> groups = situation.snapshot().get().hostedMachineGroups().stream()
                .filter(group -> group.provisionedBefore(last.left()))
                .map(group -> group.groupId().value())
                .toList();
        if (!groups.isEmpty()) {
            blockers.add(
                    IN_USE,
                    "Hosted machine groups of %1$s have not been provisioned since it left the key %2$s on %3$s, so their machines may still be encrypted with it: %4$s.",
                    key(),
                    last.left(),
                    Sentences.some(groups));
        }
    }

    /// A full set may have evicted facts that the answer depends on, or evicts them with the next fact.
    private void fullHistories() {
        EnvironmentFacts facts = blockers.user().state().facts();
        if (full(facts.applications()) || full(facts.removals())) {
            blockers.add(
                    UNPROVEN, "So many policies were applied to %1$s, or removed, that the oldest are not remembered.");
        }
        facts.keys().stream()
                .filter(used -> full(blockers.user().keys().getOrDefault(used, KeyFacts.NONE)))
                .forEach(used -> blockers.add(
                        UNPROVEN,
                        "So much is known of the key %2$s, which %1$s uses or used, that the oldest is not remembered.",
                        used));
    }

    private static boolean full(KeyFacts facts) {
        return Stream.of(facts.rotations(), facts.revocations(), facts.restorations(), facts.expiries())
                .anyMatch(KeyUse::full);
    }

    private static boolean full(Newest<?> facts) {
        return facts.evicted().isPresent() || facts.facts().size() >= facts.capacity();
    }

    /// The version in force, of whichever key, replaces what is disabled.
    private void successor(KeyPeriod of) {
        of.locks().stream()
                .filter(lock -> lock.open() && (lock.rule() == Rule.R20 || lock.rule() == Rule.R23))
                .map(Lock::revocation)
                .min(Comparator.comparing(Fact.Revocation::at))
                .ifPresent(revocation -> blockers.add(
                        SUCCESSOR_UNUSABLE,
                        Optional.of(revocation.at()),
                        "The data of %1$s is under %2$s now, which cannot be used: %3$s.",
                        of.reference(),
                        Sentences.happened(revocation)));
        of.expiryAnnounced()
                .filter(expiry -> !expiry.expiresAt().isAfter(situation.asOf().plus(SUCCESSOR_VALID)))
                .ifPresent(expiry -> blockers.add(
                        SUCCESSOR_UNUSABLE,
                        Optional.of(expiry.expiresAt()),
                        "The data of %1$s is under %2$s now, which is announced to expire on %3$s.",
                        new KeyReference(of.key(), Optional.of(expiry.version())),
                        expiry.expiresAt()));
    }
}
