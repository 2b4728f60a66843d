package io.keyward.console.web;

import io.keyward.domain.decision.EncryptionState;
import java.util.ArrayList;
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

    private static final int WIDTH = 1000;

    /// A part that exists is visible, however small its share.
    private static final int SMALLEST = 6;

    record Part(String css, int x, int width) {}

    List<EncryptionState> order() {
        return ORDER;
    }

    long count(EncryptionState state) {
        return counts.getOrDefault(state, 0L);
    }

    List<Part> parts() {
        long all = ORDER.stream().mapToLong(this::count).sum();
        List<Part> parts = new ArrayList<>();
        int x = 0;
        for (EncryptionState state : ORDER) {
            if (count(state) > 0) {
                int width = Math.max(SMALLEST, Math.round(WIDTH * (float) count(state) / all));
                parts.add(new Part("fill-" + Tone.of(state).css(), x, width));
                x += width;
            }
        }
        return parts;
    }
}
