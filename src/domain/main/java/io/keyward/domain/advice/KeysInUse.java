package io.keyward.domain.advice;

import io.keyward.domain.History;
import io.keyward.domain.KeyPeriod;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The keys and versions that an environment depends on at a given time. The key watch probes exactly these.
///
/// Each key is named once without a version, for its current one, and once more with each version that matters by
/// itself: pinned, in use, superseded too recently to be disabled (R17), or the reason of a lock (R19).
public final class KeysInUse {
    private KeysInUse() {}

    /// The key of the data, a key that waits to replace it (R22), and former keys that backups still need (R9).
    ///
    /// @param keys the facts of the keys among the environment's applications
    public static Set<KeyReference> of(EnvironmentFacts environment, Map<KeyId, KeyFacts> keys, Instant moment) {
        History history = History.of(environment, keys);
        Set<KeyReference> inUse = new TreeSet<>();
        history.policyInForce().map(Fact.Application::key).ifPresent(key -> add(key, inUse));
        history.keyPeriod().ifPresent(period -> {
            add(period.reference(), inUse);
            period.versionsToKeep(moment).forEach(version -> inUse.add(reference(period, version)));
        });
        history.keptAfter(moment).forEach(former -> {
            KeyPeriod period = former.period();
            add(period.reference(), inUse);
            period.versions().ofBackups(former.left()).forEach(version -> inUse.add(reference(period, version)));
        });
        return inUse;
    }

    private static void add(KeyReference key, Set<KeyReference> inUse) {
        inUse.add(key.wholeKey());
        inUse.add(key);
    }

    private static KeyReference reference(KeyPeriod period, KeyVersion version) {
        return new KeyReference(period.key(), Optional.of(version));
    }
}
