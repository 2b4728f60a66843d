package io.keyward.domain.decision;

import io.keyward.domain.id.EnvironmentId;
import java.util.Optional;

/// How texts name an environment.
///
/// @param displayName as last known
public record EnvironmentName(EnvironmentId id, Optional<String> displayName) {
    /// `environment "Finance" (fin)`, or `environment fin`.
    @Override
    public String toString() {
        return displayName
                .map(name -> "environment \"" + name + "\" (" + id + ")")
                .orElse("environment " + id);
    }
}
