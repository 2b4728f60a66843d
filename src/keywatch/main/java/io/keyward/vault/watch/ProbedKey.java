package io.keyward.vault.watch;

import io.keyward.domain.id.KeyVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A key with its probe targets: the current version and other relevant versions.
///
/// @param targets by their versions; empty for the current one
record ProbedKey(Map<Optional<KeyVersion>, ProbeTarget> targets) {
    static final ProbedKey NONE = new ProbedKey(Map.of());

    ProbedKey() {
        this(new HashMap<>());
    }

    Optional<ProbeTarget> find(Optional<KeyVersion> version) {
        return Optional.ofNullable(targets.get(version));
    }

    Evidence evidence() {
        Map<KeyVersion, List<ProbeAnswer>> versions = new HashMap<>();
        targets.forEach((version, target) -> version.ifPresent(v -> versions.put(v, target.answers())));
        return new Evidence(find(Optional.empty()).map(ProbeTarget::answers).orElse(List.of()), versions);
    }

    /// Whether this is the current version, so that answers about the key are also about it.
    boolean isCurrent(ProbeTarget target) {
        return target.key().version().isPresent()
                && lastOfCurrent()
                        .flatMap(ProbeAnswer::version)
                        .equals(target.key().version());
    }

    /// Whether the version may be the current one, because no answer has shown the current one yet.
    boolean mayBeCurrent(ProbeTarget target) {
        return target.key().version().isPresent() && lastOfCurrent().isEmpty();
    }

    private Optional<ProbeAnswer> lastOfCurrent() {
        return find(Optional.empty()).flatMap(ProbeTarget::last);
    }
}
