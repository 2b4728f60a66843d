package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A span in which one version of a key was current: `from` inclusive, `until` exclusive. Without a version, it is
/// not known which one was.
record Tenure(Optional<KeyVersion> version, Instant from, Instant until) {
    /// Whether the version is still current.
    boolean open() {
        return until.equals(Instant.MAX);
    }

    /// Whether it was that version, as far as is known.
    boolean isOf(KeyVersion asked) {
        return version.isPresent() && version.get().equals(asked);
    }

    /// Whether a part of it lies within a span. That it ended just as the span began counts: at equal times the safer
    /// reading holds (domain, section 4, ties).
    boolean meets(Instant start, Instant end) {
        return !until.isBefore(start) && from.isBefore(end);
    }

    /// The part of it within a span that it meets.
    Tenure within(Instant start, Instant end) {
        return new Tenure(version, later(from, start), earlier(until, end));
    }

    /// The tenures of a key's versions. The first one, until the key's first known rotation, is without a
    /// version: it is not known which others were current then. The last one is open. A rotation's previous
    /// version counts as current until then (R17).
    static List<Tenure> ofKey(KeyFacts key) {
        List<Tenure> tenures = new ArrayList<>();
        Tenure current = new Tenure(Optional.empty(), Instant.MIN, Instant.MAX);
        for (Fact.Rotation rotation : key.rotations()) {
            if (!current.isOf(rotation.newVersion())) {
                tenures.add(new Tenure(current.version(), current.from(), rotation.at()));
                current = new Tenure(Optional.of(rotation.newVersion()), rotation.at(), Instant.MAX);
            }
            Optional<KeyVersion> previous = rotation.supersededVersion();
            if (previous.isPresent()) {
                name(previous.get(), current.from(), tenures);
            }
        }
        tenures.add(current);
        return tenures;
    }

    /// Makes it known that a version was current until then, besides those known already; also where only a second
    /// notice of the rotation tells it.
    private static void name(KeyVersion previous, Instant until, List<Tenure> tenures) {
        Tenure named = new Tenure(Optional.of(previous), Instant.MIN, until);
        if (tenures.stream().noneMatch(t -> t.until().equals(until) && t.isOf(previous))) {
            tenures.add(named);
        }
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
