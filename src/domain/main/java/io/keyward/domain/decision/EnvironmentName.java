package io.keyward.domain.decision;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.FreeText;
import java.util.Optional;

/// How texts name an environment.
///
/// @param displayName as last known
public record EnvironmentName(EnvironmentId id, Optional<String> displayName) {
    /// `environment "Finance" (fin)`, or `environment fin`.
    @Override
    public String toString() {
        String shownId = FreeText.isolated(id.value());
        return displayName
                .map(name -> "environment \"" + FreeText.isolated(name) + "\" (" + shownId + ")")
                .orElse("environment " + shownId);
    }
}
