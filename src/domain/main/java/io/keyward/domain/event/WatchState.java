package io.keyward.domain.event;

import java.util.Locale;

/// How well a key is watched.
public enum WatchState {
    /// The last deep probe says how the key is.
    WATCHED,
    /// The vault denies access, and the denial is no fact: it says nothing of the platform's access, or is held.
    DENIED,
    /// The last answers were inconclusive.
    UNREACHABLE,
    /// No deep probe has been answered yet.
    WAITING;

    /// The value in metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
