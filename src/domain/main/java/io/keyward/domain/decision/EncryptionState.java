package io.keyward.domain.decision;

/// The state of an environment as a whole.
public enum EncryptionState {
    MICROSOFT_MANAGED,
    CUSTOMER_MANAGED,
    LOCKED,
    /// Its key is usable again, but its runtime has not been enabled since (R21).
    RECOVERABLE,
    DELETED
}
