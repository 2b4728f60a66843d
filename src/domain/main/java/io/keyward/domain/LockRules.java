package io.keyward.domain;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules on keys that cannot be used, and on their expiry (R20–R23, R26).
final class LockRules {
    /// How long before its date an expiry is announced to administrators (R23).
    private static final Duration EXPIRY_NOTICE = Duration.ofDays(30);

    /// How many days before a deletion a warning is raised or updated, and with which severity; the earliest mark
    /// first (R26).
    private static final List<Mark> MARKS =
            List.of(new Mark(7, Severity.WARNING), new Mark(3, Severity.ERROR), new Mark(1, Severity.CRITICAL));

    private record Mark(int days, Severity severity) {}

    private LockRules() {}

    /// R20, with R17, R19 and R23 as other reasons of a lock.
    static void lock(Situation s, Draft draft) {
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
        ComponentProtection locked = ComponentProtection.of(Protection.LOCKED, reason);
        draft.replaceEach(c -> c.protection().whenLocked() == c.protection() ? c : locked);
        warnOfLock(s, draft, WarningCode.KEY_REVOKED);
        warnOfLock(s, draft, WarningCode.KEY_VERSION_DISABLED_EARLY);
    }

    private static void warnOfLock(Situation s, Draft draft, WarningCode code) {
        boolean early = code == WarningCode.KEY_VERSION_DISABLED_EARLY;
        List<Lock> locks = new ArrayList<>();
        for (Lock lock : s.openLocks()) {
            if ((lock.rule() == Rule.R17) == early) {
                locks.add(lock);
            }
        }
        if (locks.isEmpty()) {
            return;
        }
        draft.warn(
                code,
                s.keyPeriod().key(),
                WarningText.LockCauses.of(locks),
                draft.lockedSince.orElseThrow(),
                WarningText.Dated.deletion(draft.expectedDeletionAt));
    }

    static void reenable(Situation s, Draft draft) {
        draft.rules.add(Rule.R21);
        draft.state = EncryptionState.RECOVERABLE;
        draft.warn(
                WarningCode.REENABLE_REQUIRED,
                s.keyPeriod().reference(),
                s.reenableSince().orElseThrow());
    }

    /// R22, and R9 if a removal waits.
    static void blockedChange(Situation s, Draft draft) {
        Rule rule = s.history().blockedBy().orElseThrow();
        draft.rules.add(rule);
        draft.failed = true;
        ComponentProtection locked = ComponentProtection.of(Protection.LOCKED, rule);
        draft.replaceEach(c -> c.protection() == Protection.LOCKED ? locked : c);
        draft.warn(
                WarningCode.PREVIOUS_KEY_UNAVAILABLE,
                s.keyPeriod().reference(),
                s.history()
                        .policyInForce()
                        .map(to -> "The policy "
                                + FreeText.isolated(to.policyId().value()) + " with the key " + to.key() + " waits.")
                        .orElse("The removal waits."));
    }

    /// R23; the dates by R26.
    static void expiry(Situation s, Draft draft) {
        s.keyPeriod()
                .expiryAnnounced()
                .filter(expiry -> draft.reachedElseSchedule(expiry.expiresAt().minus(EXPIRY_NOTICE)))
                .ifPresent(expiry -> {
                    WarningCode code = draft.reachedElseSchedule(expiry.expiresAt())
                            ? WarningCode.KEY_EXPIRED
                            : WarningCode.KEY_EXPIRING;
                    warnOfExpiry(s, draft, code, Optional.of(expiry.version()), expiry.expiresAt());
                });
        s.expiredWithoutLock()
                .filter(_ -> !draft.warnings.containsKey(WarningCode.KEY_EXPIRED))
                .ifPresent(revocation ->
                        warnOfExpiry(s, draft, WarningCode.KEY_EXPIRED, revocation.version(), revocation.at()));
    }

    /// @param version the version that expires; empty if it is the one in force
    private static void warnOfExpiry(
            Situation s, Draft draft, WarningCode code, Optional<KeyVersion> version, Instant at) {
        draft.rules.add(Rule.R23);
        KeyReference inForce = s.keyPeriod().reference();
        KeyReference expiring = new KeyReference(inForce.key(), version.or(inForce::version));
        String use = expiring.equals(inForce)
                ? "The environment is encrypted with it."
                : "Whether the environment is encrypted with this version is not known.";
        draft.warn(code, expiring, at, use);
    }

    /// The severity rises with each mark that is reached. A mark at the very time of the lock does not count: an
    /// environment that lives for 7 days has no mark at 7 days.
    static void countdown(Situation s, Draft draft) {
        Instant since = s.lockedSince();
        draft.expectedDeletionAt.ifPresent(deletion -> MARKS.forEach(mark -> {
            Instant reached = deletion.minus(Duration.ofDays(mark.days()));
            if (reached.isAfter(since) && draft.reachedElseSchedule(reached)) {
                draft.rules.add(Rule.R26);
                draft.warn(new OpenWarning(
                        WarningCode.DELETION_IMMINENT,
                        mark.severity(),
                        List.of(),
                        List.of(s.keyPeriod().key(), since, WarningText.Dated.deletion(Optional.of(deletion)))));
            }
        }));
    }
}
