package io.keyward.vault.watch;

import io.keyward.domain.KeyReference;
import io.keyward.vault.Depth;
import io.keyward.vault.Finding;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.Verdict;
import java.util.Optional;

/// A question to a vault.
///
/// @param cost what it takes out of the vault's quota, as far as that is known beforehand
record Question(KeyReference key, Depth depth, int cost) {
    /// What it really took, now that it is answered.
    ///
    /// @param known what kind of key it is, if that was seen before
    int cost(Finding answer, Optional<KeyShape> known) {
        Optional<KeyShape> shape = answer.key().map(KeyDescription::shape).or(() -> known);
        int requests = shape.map(s -> ProbeBudget.cost(depth, shape)).orElse(cost);
        return requests + (isNotThere(answer) ? ProbeBudget.weight(shape) : 0);
    }

    /// A key that is not there takes one request more, which asks whether it has been deleted.
    private static boolean isNotThere(Finding answer) {
        return answer.verdict() == Verdict.DELETED_RECOVERABLE || answer.verdict() == Verdict.ABSENT;
    }
}
