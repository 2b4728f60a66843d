package io.keyward.domain.fact;

import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A time in which one version of a key was current: `from` inclusive, `until` exclusive. If the version is empty,
/// it is unknown which one was.
public record VersionPeriod(Optional<KeyVersion> version, Instant from, Instant until) {
    /// Whether the version is still current.
    public boolean open() {
        return until.equals(Instant.MAX);
    }

    /// Whether the period is of that version; false if its version is unknown.
    public boolean isOf(KeyVersion other) {
        return version.isPresent() && version.get().equals(other);
    }

    /// Whether it overlaps that span. A period that ended exactly when the span began counts: at equal times
    /// the safer reading holds (docs/domain.md, "Ties").
    public boolean meets(Instant start, Instant end) {
        return !until.isBefore(start) && from.isBefore(end);
    }

    /// Its part within a span that it meets.
    public VersionPeriod within(Instant start, Instant end) {
        return from.isBefore(start) || until.isAfter(end)
                ? new VersionPeriod(version, Instants.max(from, start), Instants.min(until, end))
                : this;
    }

    /// The periods of a key's versions, in the order of their ends; there is at least one.
    ///
    /// The first one lasts until the first known rotation and has no version: it is unknown which versions
    /// were current then. The last one is open. The previous version that a rotation names was current until
    /// then (R17).
    static List<VersionPeriod> ofKey(KeyFacts key) {
        List<VersionPeriod> periods = new ArrayList<>();
        VersionPeriod current = new VersionPeriod(Optional.empty(), Instant.MIN, Instant.MAX);
        for (Fact.Rotation rotation : key.rotations()) {
            if (!current.isOf(rotation.newVersion())) {
                periods.add(new VersionPeriod(current.version(), current.from(), rotation.at()));
                current = new VersionPeriod(Optional.of(rotation.newVersion()), rotation.at(), Instant.MAX);
            }
            Optional<KeyVersion> previous = rotation.supersededVersion();
            if (previous.isPresent()) {
                addNamed(previous.get(), current.from(), periods);
            }
        }
        periods.add(current);
        return periods;
    }

    /// Adds that a version was current until then, unless that is known already. A repeated rotation event may be
    /// the first to name the previous version.
    private static void addNamed(KeyVersion previous, Instant until, List<VersionPeriod> periods) {
        for (int i = periods.size() - 1; i >= 0 && periods.get(i).until().equals(until); i--) {
            if (periods.get(i).isOf(previous)) {
                return;
            }
        }
        periods.add(new VersionPeriod(Optional.of(previous), Instant.MIN, until));
    }
}
