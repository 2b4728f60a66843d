package io.keyward.domain;

import static io.keyward.domain.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.DisableBlocker.Code.SUCCESSOR_UNUSABLE;
import static io.keyward.domain.DisableBlocker.Code.UNPROVEN;

import io.keyward.domain.decision.OpenWarning;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one environment has to do with a key, or with one version of it: every reason not to disable it (R27).
///
/// Judged from the environment's history and from reports, not from its decision: a policy that is not enforced
/// (R8) can be any day, and what was disabled before locks then.
final class KeyUse {
    /// How long the version in force must remain valid.
    private static final Duration SUCCESSOR_VALID = Duration.ofDays(7);

    private final KnownEnvironment user;
    private final Situation situation;
    private final History history;
    private final KeyReference asked;
    private final KeyId key;
    private final Optional<KeyPeriod> period;
    private final boolean underKey;
    private final List<FormerKeyPeriod> former;
    private final BlockerList blockers;

    KeyUse(Situation situation, KeyReference asked, BlockerList blockers) {
        this.user = blockers.user();
        this.blockers = blockers;
        this.situation = situation;
        this.history = situation.history();
        this.asked = asked;
        this.key = asked.key();
        this.period = history.keyPeriod();
        this.underKey = period.isPresent() && period.get().key().equals(key);
        this.former = history.formerPeriods().stream()
                .filter(left -> left.period().key().equals(key))
                .toList();
    }

    void addReasons() {
        if (underKey) {
            inUse(period.get());
            superseded(period.get());
            unsettled();
        }
        pendingChange();
        if (!former.isEmpty()) {
            new KeyLeft(user, situation, former.getLast()).addTo(blockers);
        }
        fullHistories();
        new ReportedUse(user, asked).addTo(blockers, situation);
        if (period.isPresent() && (underKey || !former.isEmpty()) && !isInForce(period.get())) {
            successor(period.get());
        }
    }

    /// Whether the question is about the version in force itself.
    private boolean isInForce(KeyPeriod of) {
        return of.key().equals(key)
                && (asked.version().isEmpty()
                        || asked.version().equals(of.reference().version()));
    }

    private void inUse(KeyPeriod of) {
        if (!isInForce(of)) {
            return;
        }
        if (of.pinned() && asked.version().isPresent()) {
            blockers.add(IN_USE, "The policy of %s pins %s.", user.name(), asked);
        } else if (situation.dataUnderKey()) {
            blockers.add(IN_USE, "The data of %s is encrypted with %s.", user.name(), asked);
        } else {
            blockers.add(
                    IN_USE,
                    "A policy applies %s to %s; it cannot be enforced at present, but can be once the environment is a managed one of an eligible type.",
                    asked,
                    user.name());
        }
    }

    /// R17. Without a version the question is about the key, which is in use.
    private void superseded(KeyPeriod of) {
        if (asked.version().isEmpty() || isInForce(of)) {
            return;
        }
        KeyVersion version = asked.version().get();
        if (!of.pinned() && !of.versions().knownAsSuperseded(version)) {
            blockers.add(
                    UNPROVEN,
                    "%s follows the rotation of the key, and it is not known that another version has replaced %s.",
                    Sentences.capital(user.name()),
                    asked);
        }
        of.versions()
                .lastUsed(version, situation.asOf())
                .map(end -> end.plus(VersionHistory.SUPERSEDED_KEPT))
                .ifPresent(until -> blockers.notBefore(
                        until,
                        "The data of %s was encrypted with %s, or may have been; it must stay enabled until %s, 28 days after it was replaced.",
                        user.name(),
                        asked,
                        OpenWarning.date(until)));
    }

    private void unsettled() {
        if (situation.snapshot().isEmpty()) {
            blockers.add(UNPROVEN, "What %s holds is not known, and its policy applies the key %s.", user.name(), key);
        } else if (situation.snapshot().get().lifecycle() == Lifecycle.DELETED) {
            blockers.add(
                    UNPROVEN,
                    "%s is deleted; if it is restored, it is under the key %s again.",
                    Sentences.capital(user.name()),
                    key);
        }
        if (situation.locked()) {
            blockers.add(
                    UNPROVEN,
                    "%s is under the key %s and has been locked since %s.",
                    Sentences.capital(user.name()),
                    key,
                    OpenWarning.date(situation.lockedSince()));
        }
        situation
                .reenableSince()
                .ifPresent(since -> blockers.add(
                        UNPROVEN,
                        "%s is under the key %s and has not been enabled since its lock ended on %s.",
                        Sentences.capital(user.name()),
                        key,
                        OpenWarning.date(since)));
    }

    private void pendingChange() {
        if (history.blockedBy().isEmpty()) {
            return;
        }
        if (underKey) {
            blockers.add(
                    IN_USE,
                    "The policy of %s was changed or removed; this takes effect only once the key %s is usable.",
                    user.name(),
                    key);
        } else if (history.blockedBy().get() == Rule.R22
                && history.policyInForce().orElseThrow().key().key().equals(key)) {
            blockers.add(
                    IN_USE,
                    "The policy of %s was changed to the key %s; this takes effect once its previous key is usable.",
                    user.name(),
                    key);
        }
    }

    /// A set that is full may have let go, or lets go with the next fact, what the answer rests on.
    private void fullHistories() {
        EnvironmentFacts facts = user.state().facts();
        if (full(facts.applications()) || full(facts.removals())) {
            blockers.add(
                    UNPROVEN,
                    "So many policies were applied to %s, or removed, that the oldest are not remembered.",
                    user.name());
        }
        facts.keys().stream()
                .filter(used -> full(user.keys().getOrDefault(used, KeyFacts.NONE)))
                .forEach(used -> blockers.add(
                        UNPROVEN,
                        "So much is known of the key %s, which %s uses or used, that the oldest is not remembered.",
                        used,
                        user.name()));
    }

    private static boolean full(KeyFacts facts) {
        return Stream.of(facts.rotations(), facts.revocations(), facts.restorations(), facts.expiries())
                .anyMatch(KeyUse::full);
    }

    private static boolean full(Newest<?> facts) {
        return facts.forgotten().isPresent() || facts.facts().size() >= facts.capacity();
    }

    /// The version in force, of whichever key, takes the place of what is disabled.
    private void successor(KeyPeriod of) {
        of.locks().stream()
                .filter(lock -> lock.open() && (lock.rule() == Rule.R20 || lock.rule() == Rule.R23))
                .map(Lock::revocation)
                .min(Comparator.comparing(Fact.Revocation::at))
                .ifPresent(revocation -> blockers.add(
                        SUCCESSOR_UNUSABLE,
                        Optional.of(revocation.at()),
                        "The data of %s is under %s now, which cannot be used: %s on %s.",
                        user.name(),
                        of.reference(),
                        revocation.cause().describe(revocation.version()),
                        OpenWarning.date(revocation.at())));
        of.expiryAnnounced()
                .filter(expiry -> !expiry.expiresAt().isAfter(situation.asOf().plus(SUCCESSOR_VALID)))
                .ifPresent(expiry -> blockers.add(
                        SUCCESSOR_UNUSABLE,
                        Optional.of(expiry.expiresAt()),
                        "The data of %s is under %s now, which is announced to expire on %s.",
                        user.name(),
                        new KeyReference(of.key(), Optional.of(expiry.version())),
                        OpenWarning.date(expiry.expiresAt())));
    }
}
