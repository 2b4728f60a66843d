package io.keyward.vault.watch;

import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The last round-trip answers about one key, oldest first: for the current version and for individual
/// versions.
record Evidence(List<ProbeAnswer> current, Map<KeyVersion, List<ProbeAnswer>> versions) {
    Optional<ProbeAnswer> last() {
        return current.isEmpty() ? Optional.empty() : Optional.of(current.getLast());
    }

    /// The version that the vault last returned as current; empty while the vault does not show the key.
    Optional<KeyVersion> currentVersion() {
        return last().flatMap(ProbeAnswer::version);
    }

    /// The last answers about one version. For the current version, the answers since it became current; for
    /// another version, the answers to its own probes.
    List<ProbeAnswer> of(KeyVersion version) {
        Optional<KeyVersion> wanted = Optional.of(version);
        if (!currentVersion().equals(wanted)) {
            return versions.getOrDefault(version, List.of());
        }
        int start = current.size();
        while (start > 0 && current.get(start - 1).version().equals(wanted)) {
            start--;
        }
        return current.subList(start, current.size());
    }

    /// Whether the vault has shown the key itself after that moment, whatever its answer about a version.
    boolean showsTheKeyAfter(Instant moment) {
        return last().filter(answer -> answer.version().isPresent())
                .filter(answer -> answer.askedAt().isAfter(moment))
                .isPresent();
    }

    /// The last `count` answers, or none if there are fewer.
    static List<ProbeAnswer> last(int count, List<ProbeAnswer> answers) {
        return answers.size() < count ? List.of() : answers.subList(answers.size() - count, answers.size());
    }
}
