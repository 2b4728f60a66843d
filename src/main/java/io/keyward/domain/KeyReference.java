package io.keyward.domain;

import java.util.Optional;

/// A key and, in a policy, the version it pins, or, in a decision, the version in force (R16); without one, the
/// newest is followed or none is known.
public record KeyReference(KeyId key, Optional<KeyVersion> version) {
    @Override
    public String toString() {
        return version.map(v -> key + "/" + v).orElseGet(key::toString);
    }
}
