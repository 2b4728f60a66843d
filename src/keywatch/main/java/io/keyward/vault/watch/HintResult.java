package io.keyward.vault.watch;

import java.util.Locale;

/// What becomes of a hint.
public enum HintResult {
    /// It concerns a watched key, which is probed at once.
    PROBED,
    /// It concerns no key that is watched now. It counts for keys that are watched soon after it.
    UNWATCHED,
    /// It is too old to be of use.
    LATE,
    /// It is not a hint.
    UNREADABLE;

    /// Its name in metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
