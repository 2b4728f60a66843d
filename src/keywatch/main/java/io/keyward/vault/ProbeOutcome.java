package io.keyward.vault;

/// The state of a key according to the vault's answer, or the reason why the answer is inconclusive.
public enum ProbeOutcome {
    /// The key is enabled and within its dates. After a [ProbeKind#ROUND_TRIP] probe, it has also wrapped and
    /// unwrapped.
    USABLE,
    /// The owner has disabled the key.
    DISABLED,
    /// The key is deleted, and its owner can still recover it.
    DELETED_RECOVERABLE,
    /// The key does not exist, and no deleted key with its name is visible to us.
    ABSENT,
    /// The vault authenticates us but denies access: a permission, an access policy or the network
    /// ([DenialReason]).
    ACCESS_DENIED,
    /// The key is past its expiry date: it no longer wraps, but still unwraps.
    EXPIRED,
    /// The key is before its activation date: it does not wrap yet, but unwraps.
    NOT_YET_VALID,
    /// The key is not an RSA key, or may not wrap and unwrap. Its size does not matter.
    UNSUITABLE,
    /// The vault's quota is exceeded; the answer names the time to wait.
    THROTTLED,
    /// The vault or the connection fails, or the vault does not exist.
    UNAVAILABLE,
    /// Keyward could not authenticate, which says nothing about the key.
    OWN_IDENTITY;

    /// Whether the outcome proves something about the key. Inconclusive outcomes must never count for or
    /// against it.
    public boolean conclusive() {
        return switch (this) {
            case USABLE, DISABLED, DELETED_RECOVERABLE, ABSENT, ACCESS_DENIED, EXPIRED, NOT_YET_VALID, UNSUITABLE ->
                true;
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> false;
        };
    }
}
