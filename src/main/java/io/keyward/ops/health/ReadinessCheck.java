package io.keyward.ops.health;

import java.util.Optional;
import java.util.function.Supplier;

/// A dependency that the instance needs for its work.
///
/// @param name the dependency, as the start of a reason
/// @param finding the current problem, as one sentence; must return at once
public record ReadinessCheck(String name, Supplier<Optional<String>> finding) {
    /// The current problem, after the name. If the check itself fails, that is the problem.
    Optional<String> problem() {
        try {
            return finding.get().map(problem -> name + ": " + problem);
        } catch (RuntimeException failure) {
            return Optional.of(name + ": it could not be checked: " + failure);
        }
    }
}
