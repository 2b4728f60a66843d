package io.keyward.domain.event;

import java.util.Locale;

/// How well a key is watched.
public enum WatchState {
    /// The last deep probe determined the state of the key.
    WATCHED,

    /// The vault denies access, and the denial is not a fact: it does not show whether the platform has access, or
    /// is held back.
    DENIED,

    /// The last responses were inconclusive.
    UNREACHABLE,

    /// No deep probe has been answered yet.
    WAITING;

    /// The value in metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
