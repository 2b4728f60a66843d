package io.keyward.vault.watch;

import io.keyward.domain.KeyVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A key with all that is asked about it: whatever version is current, and the versions that count besides.
final class WatchedKey {
    private final Map<Optional<KeyVersion>, Target> targets = new HashMap<>();

    void put(Target target) {
        targets.put(target.key().version(), target);
    }

    Optional<Target> find(Optional<KeyVersion> version) {
        return Optional.ofNullable(targets.get(version));
    }

    Optional<Target> remove(Optional<KeyVersion> version) {
        return Optional.ofNullable(targets.remove(version));
    }

    Collection<Target> targets() {
        return targets.values();
    }

    /// What deep probes have shown of it lately.
    Evidence evidence() {
        Map<KeyVersion, List<Answer>> versions = new HashMap<>();
        targets.forEach((version, target) -> version.ifPresent(v -> versions.put(v, target.answers())));
        return new Evidence(find(Optional.empty()).map(Target::answers).orElse(List.of()), versions);
    }

    /// Whether it is the current version, so that answers about the key are answers about it.
    boolean isCurrent(Target target) {
        return target.key().version().isPresent()
                && lastOfCurrent().flatMap(Answer::version).equals(target.key().version());
    }

    /// Whether it is a version of which it is not known yet if it is the current one.
    boolean mayBeCurrent(Target target) {
        return target.key().version().isPresent() && lastOfCurrent().isEmpty();
    }

    private Optional<Answer> lastOfCurrent() {
        return find(Optional.empty()).flatMap(Target::last);
    }
}
