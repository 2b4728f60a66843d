package io.keyward.vault.watch;

import io.keyward.domain.id.KeyReference;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.util.Optional;

/// A question to a vault.
///
/// @param cost what it takes out of the vault's quota, as far as that is known beforehand
record ProbeRequest(KeyReference key, ProbeKind depth, int cost) {
    /// What it really took, now that it is answered.
    ///
    /// @param known what kind of key it is, if that was seen before
    int cost(ProbeResult answer, Optional<KeyShape> known) {
        Optional<KeyShape> shape = answer.key().map(KeyDescription::shape).or(() -> known);
        int requests = shape.map(s -> ProbeRateLimiter.cost(depth, shape)).orElse(cost);
        return requests + (isNotThere(answer) ? ProbeRateLimiter.weight(shape) : 0);
    }

    /// A key that is not there takes one request more, which asks whether it has been deleted.
    private static boolean isNotThere(ProbeResult answer) {
        return answer.verdict() == ProbeOutcome.DELETED_RECOVERABLE || answer.verdict() == ProbeOutcome.ABSENT;
    }
}
