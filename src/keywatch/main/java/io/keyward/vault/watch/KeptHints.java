package io.keyward.vault.watch;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Hints of keys that are not watched yet: the policy may arrive later, or the keys of a partition are not listed
/// yet. Keeps the last ones for a limited time.
final class KeptHints {
    /// A regular probe has come after an older hint.
    static final Duration AGE = Duration.ofMinutes(10);

    static final int MOST = 1_000;

    private final LinkedHashMap<Subject, Kept> hints = new LinkedHashMap<>();

    private record Subject(TenantId tenant, Optional<String> vaultUri, Optional<String> keyName) {}

    /// @param at when it was written
    record Kept(KeyHint hint, Instant at) {}

    /// Keeps a hint, in place of an earlier one of the same key. If there are too many, drops the oldest one.
    void keep(KeyHint hint, Instant at) {
        Subject subject = new Subject(hint.tenantId(), hint.vaultUri(), hint.keyName());
        hints.remove(subject);
        hints.put(subject, new Kept(hint, at));
        if (hints.size() > MOST) {
            hints.pollFirstEntry();
        }
    }

    /// Removes and returns the wanted hints. Drops the old ones.
    List<Kept> take(Predicate<KeyHint> wanted, Instant now) {
        hints.values().removeIf(kept -> kept.at().isBefore(now.minus(AGE)));
        List<Kept> taken =
                hints.values().stream().filter(kept -> wanted.test(kept.hint())).toList();
        hints.values().removeAll(taken);
        return taken;
    }
}
