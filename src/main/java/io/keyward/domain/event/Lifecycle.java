package io.keyward.domain.event;

/// Where an environment is in its life (R24); a symbol newer than this release reads as `UNKNOWN` and is decided like
/// `ACTIVE`.
public enum Lifecycle {
    ACTIVE,
    /// Soft-deleted: it can come back.
    DELETED,
    /// Gone for good.
    PURGED,
    /// Emptied and started over: the policy link of that moment is void.
    RESET,
    UNKNOWN
}
