package io.keyward.vault;

/// What can be done about a key once it is deleted.
public enum RecoveryLevel {
    /// Nothing: soft delete is off, or the vault does not say that it is on.
    NONE,
    /// Soft delete is on: the key can be recovered, unless somebody purges it.
    SOFT_DELETE,
    /// Purge protection is on, too: the key can be recovered, and nobody can purge it before its time.
    PURGE_PROTECTED;

    /// @param level Azure's recovery level: `Purgeable`, `Recoverable` or `CustomizedRecoverable`, the last two also
    ///     with `+Purgeable` or `+ProtectedSubscription`; null if the vault names none
    static RecoveryLevel of(String level) {
        if (level == null || !level.contains("Recoverable")) {
            return NONE;
        }
        return level.contains("Purgeable") ? SOFT_DELETE : PURGE_PROTECTED;
    }
}
