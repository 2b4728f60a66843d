package io.keyward.console.web;

import io.keyward.domain.decision.EncryptionState;
import java.util.List;
import java.util.Map;

/// Environments by state, those first that need attention, with a bar of their shares.
record StateCounts(Map<EncryptionState, Long> counts) {
    /// Every state, those first that need attention.
    static final List<EncryptionState> ORDER = List.of(
            EncryptionState.LOCKED,
            EncryptionState.RECOVERABLE,
            EncryptionState.CUSTOMER_MANAGED,
            EncryptionState.MICROSOFT_MANAGED,
            EncryptionState.DELETED);

    long count(EncryptionState state) {
        return counts.getOrDefault(state, 0L);
    }

    List<StackedBar.Part> parts() {
        return StackedBar.of(ORDER, Sign::of, counts).parts();
    }
}
