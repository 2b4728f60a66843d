package io.keyward.domain.event;

/// The stage of an environment's life (R24). A symbol newer than this release is read as `UNKNOWN` and
/// decided like `ACTIVE`.
public enum Lifecycle {
    ACTIVE,
    /// Soft-deleted: it can be restored.
    DELETED,

    /// Deleted permanently.
    PURGED,

    /// Emptied and set up again: its policy link ends at that time.
    RESET,
    UNKNOWN
}
