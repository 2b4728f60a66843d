package io.keyward.domain.event;

/// Which key protects a component, ordered from the best to the worst that can be said of a customer's control over
/// it.
public enum Protection {
    /// Every item is under the customer's key, and there is evidence for it.
    CUSTOMER_MANAGED,
    /// Its items must be provisioned again before they are under the customer's key.
    PENDING_REPROVISION,
    /// Some items are on each key.
    MIXED,
    /// No item is under the customer's key.
    MICROSOFT_MANAGED,
    /// The facts that would tell have not arrived.
    UNDETERMINED,
    /// Under a customer's key that cannot be used: nothing can be read.
    LOCKED;

    /// The worse of the two; what is made of both kinds of item is no better than either (R3, run history).
    public Protection worse(Protection other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// What becomes of it when the customer's key cannot be used: only what is under that key is locked (R20).
    public Protection whenLocked() {
        return switch (this) {
            case CUSTOMER_MANAGED, MIXED, LOCKED -> LOCKED;
            case PENDING_REPROVISION, MICROSOFT_MANAGED, UNDETERMINED -> this;
        };
    }
}
