package io.keyward.ops.health;

import java.util.Optional;
import java.util.function.Supplier;

/// Something outside the instance that it needs for its work.
///
/// @param name what it is, as the beginning of a reason
/// @param finding what is wrong with it now, as one sentence; must answer at once
public record ReadinessCheck(String name, Supplier<Optional<String>> finding) {
    /// What is wrong with it now, after its name; a check that fails is itself a problem.
    Optional<String> problem() {
        try {
            return finding.get().map(problem -> name + ": " + problem);
        } catch (RuntimeException failure) {
            return Optional.of(name + ": it could not be checked: " + failure);
        }
    }
}
