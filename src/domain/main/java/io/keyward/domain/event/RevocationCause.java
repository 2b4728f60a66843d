package io.keyward.domain.event;

import io.keyward.domain.id.KeyVersion;
import java.util.Optional;

/// Why a key cannot be used. `UNKNOWN` also stands for causes newer than this release.
public enum RevocationCause {
    KEY_DISABLED("%s was disabled"),
    KEY_DELETED("%s was deleted"),
    VAULT_DELETED("the vault of %s was deleted"),
    ACCESS_REMOVED("access to %s was removed"),
    NETWORK_BLOCKED("the network rules of the vault blocked access to %s"),
    POLICY_DELETED("the enterprise policy of %s was deleted"),
    /// The only cause under which data can still be unwrapped (R23).
    KEY_EXPIRED("%s expired"),
    OTHER("%s was revoked for a reason without a name of its own"),
    UNKNOWN("%s was revoked for a reason that is not known");

    private final String template;

    RevocationCause(String words) {
        this.template = words;
    }

    /// What happened to the key, or to one version of it, as text for administrators.
    public String describe(Optional<KeyVersion> version) {
        return template.replace("%s", version.map(v -> "version " + v).orElse("the key"));
    }
}
