package io.keyward.domain.event;

/// Which key protects a component, ordered from the customer's best to least control over it.
public enum Protection {
    /// Every item is under the customer's key, and there is evidence for it.
    CUSTOMER_MANAGED,

    /// Its items must be provisioned again to be under the customer's key.
    PENDING_REPROVISION,

    /// Some items are under the customer's key, others under the Microsoft-managed key.
    MIXED,

    /// No item is under the customer's key.
    MICROSOFT_MANAGED,

    /// The facts that determine it have not arrived.
    UNDETERMINED,

    /// Under a customer's key that cannot be used: nothing can be read.
    LOCKED;

    /// The worse of the two. Data derived from both kinds of items has the worse protection (R3, run history).
    public Protection worse(Protection other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// Whether at least some items are under the customer's key and the key can be used.
    public boolean underCustomerKey() {
        return this == CUSTOMER_MANAGED || this == MIXED;
    }

    /// The protection while the customer's key cannot be used: only what is under that key is locked (R20).
    public Protection whenLocked() {
        return switch (this) {
            case CUSTOMER_MANAGED, MIXED, LOCKED -> LOCKED;
            case PENDING_REPROVISION, MICROSOFT_MANAGED, UNDETERMINED -> this;
        };
    }
}
