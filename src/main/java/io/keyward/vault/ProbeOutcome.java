package io.keyward.vault;

/// What a vault's answer says about a key, or that it says nothing.
public enum ProbeOutcome {
    /// It is enabled and within its dates; after a [ProbeKind#DEEP] probe also: it has wrapped and unwrapped.
    USABLE,
    /// Its owner has disabled it.
    DISABLED,
    /// It has been deleted, and its owner can still recover it.
    DELETED_RECOVERABLE,
    /// There is no such key, nor a deleted one that we may see.
    ABSENT,
    /// The vault knows us and refuses us: a permission, an access policy or the network ([DenialReason]).
    ACCESS_DENIED,
    /// Past its expiry: it no longer wraps, but still unwraps.
    EXPIRED,
    /// Before its activation: it does not wrap yet, but does unwrap.
    NOT_YET_VALID,
    /// Not an RSA key of 2048, 3072 or 4096 bits that may wrap and unwrap.
    UNSUITABLE,
    /// The vault is over its quota; it says when to come back.
    THROTTLED,
    /// The vault, or the way to it, is out of order, or does not exist.
    UNAVAILABLE,
    /// We could not prove who we are; a fault of ours, not of the key.
    OWN_IDENTITY;

    /// Whether it tells something of the key; the others must never count for or against it.
    public boolean conclusive() {
        return switch (this) {
            case USABLE, DISABLED, DELETED_RECOVERABLE, ABSENT, ACCESS_DENIED, EXPIRED, NOT_YET_VALID, UNSUITABLE ->
                true;
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> false;
        };
    }
}
