package io.keyward.vault;

/// What a vault's answer says about a key, or that it says nothing.
public enum ProbeOutcome {
    /// It is enabled and within its dates; after a [ProbeKind#ROUND_TRIP] probe also: it has wrapped and unwrapped.
    USABLE,
    /// The owner has disabled the key.
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
    /// The vault is over its quota, and names the time to wait.
    THROTTLED,
    /// The vault or the connection to it fails, or the vault does not exist.
    UNAVAILABLE,
    /// Keyward could not authenticate; this is no fault of the key.
    OWN_IDENTITY;

    /// Whether it proves something about the key. Other outcomes must never count for or against it.
    public boolean conclusive() {
        return switch (this) {
            case USABLE, DISABLED, DELETED_RECOVERABLE, ABSENT, ACCESS_DENIED, EXPIRED, NOT_YET_VALID, UNSUITABLE ->
                true;
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> false;
        };
    }
}
