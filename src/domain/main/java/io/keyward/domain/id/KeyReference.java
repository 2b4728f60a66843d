package io.keyward.domain.id;

import java.util.Optional;

/// A key and optionally a version: in a policy the pinned one, in a decision the one in force (R16). In a policy,
/// no version means the newest one; in a decision, that none is known.
public record KeyReference(KeyId key, Optional<KeyVersion> version) implements Comparable<KeyReference> {
    /// The same key without a version.
    public KeyReference wholeKey() {
        return new KeyReference(key, Optional.empty());
    }

    @Override
    public int compareTo(KeyReference other) {
        int order = key.vaultUri().compareTo(other.key.vaultUri());
        if (order == 0) {
            order = key.keyName().compareTo(other.key.keyName());
        }
        return order == 0 ? versionText().compareTo(other.versionText()) : order;
    }

    private String versionText() {
        return version.isPresent() ? version.get().value() : "";
    }

    @Override
    public String toString() {
        return version.map(v -> key + "/" + v).orElseGet(key::toString);
    }
}
