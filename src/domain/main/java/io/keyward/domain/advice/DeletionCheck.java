package io.keyward.domain.advice;

import io.keyward.domain.History;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.Lock;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds since when a key, or one version of it, has been disabled without a lock of any of its users (R27).
final class DeletionCheck {
    /// How long a key must have been disabled without a lock before it may be deleted.
    private static final Duration TRIED = Duration.ofDays(7);

    private boolean usedByAny;
    private boolean disabledForAll = true;
    private boolean locked;
    private Instant quietSince = Instant.MIN;

    /// @param history empty while too little is known of the environment to decide it
    void add(KnownEnvironment user, Optional<History> history, KeyReference target) {
        usedByAny = true;
        Optional<Instant> disabled = disabledSince(user.keys().getOrDefault(target.key(), KeyFacts.NONE), target);
        if (disabled.isEmpty()) {
            disabledForAll = false;
            return;
        }
        quietSince = Instants.max(quietSince, disabled.get());
        for (Lock lock : history.map(History::locks).orElse(List.of())) {
            if (lock.open()) {
                locked = true;
            } else {
                quietSince = Instants.max(quietSince, lock.until());
            }
        }
    }

    /// When it was disabled, unless a later event enabled it. A disabled key disables each of its versions.
    private static Optional<Instant> disabledSince(KeyFacts key, KeyReference target) {
        return key.openRevocations().stream()
                .filter(r -> r.cause() == RevocationCause.KEY_DISABLED)
                .filter(r -> r.version().isEmpty() || r.version().equals(target.version()))
                .map(Fact.Revocation::at)
                .min(Comparator.naturalOrder());
    }

    /// @param harmlessFrom from when disabling it can be safe: [Instant#MIN] if it is safe now; empty if unknown
    DisableVerdict.Deletion answer(KeyReference target, Instant asOf, Optional<Instant> harmlessFrom) {
        if (harmlessFrom.isEmpty()) {
            return notYet("Do not delete " + target + ": it is not even safe to disable it.");
        }
        if (!usedByAny || !disabledForAll || locked) {
            return notYet("Do not delete " + target
                    + " yet: disable it first once that is safe, and wait for 7 days in which no environment is"
                    + " locked. A disabled key can be enabled again; a deleted one may be lost.");
        }
        Instant from = Instants.max(quietSince.plus(TRIED), harmlessFrom.get());
        boolean safe = !from.isAfter(asOf);
        String since = "The key " + target + " has been disabled without a lock since " + OpenWarning.date(quietSince);
        return new DisableVerdict.Deletion(
                safe,
                safe ? Optional.empty() : Optional.of(from),
                safe
                        ? since + ", which is 7 days or longer, so it may be deleted."
                        : since + "; delete it no earlier than " + OpenWarning.date(from) + ".");
    }

    private static DisableVerdict.Deletion notYet(String sentence) {
        return new DisableVerdict.Deletion(false, Optional.empty(), sentence);
    }
}
