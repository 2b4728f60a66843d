package io.keyward.vault.watch;

import io.keyward.domain.id.KeyReference;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.util.Optional;

/// A probe to make.
///
/// @param cost its estimated cost in the vault's quota
record ProbeRequest(KeyReference key, ProbeKind kind, int cost) {
    /// The probe's real cost, from its answer.
    ///
    /// @param known the key type, if an earlier probe has shown it
    int cost(ProbeResult answer, Optional<KeyShape> known) {
        Optional<KeyShape> shape = answer.key().map(KeyDescription::shape).or(() -> known);
        Quota quota = Quota.of(key.key().vaultUri());
        int requests = shape.map(s -> quota.cost(kind, shape)).orElse(cost);
        return requests + (isNotThere(answer) ? quota.cost(ProbeKind.READ, shape) : 0);
    }

    /// A key that does not exist costs one more request, which checks whether it was deleted.
    private static boolean isNotThere(ProbeResult answer) {
        return answer.outcome() == ProbeOutcome.DELETED_RECOVERABLE || answer.outcome() == ProbeOutcome.ABSENT;
    }
}
