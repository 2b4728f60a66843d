package io.keyward.domain;

import java.util.Comparator;
import java.util.Optional;

/// Which warning of an environment: its code and, where there can be several, its subject.
public record WarningKey(WarningCode code, Optional<String> subject) implements Comparable<WarningKey> {
    private static final Comparator<WarningKey> ORDER = Comparator.comparing(WarningKey::code)
            .thenComparing(k -> k.subject().orElse(""));

    /// The one warning of that code.
    static WarningKey of(WarningCode code) {
        return new WarningKey(code, Optional.empty());
    }

    @Override
    public int compareTo(WarningKey other) {
        return ORDER.compare(this, other);
    }

    /// `CODE` or `CODE/subject`: as decisions list it and as record keys end.
    @Override
    public String toString() {
        return subject.map(s -> code.name() + "/" + s).orElse(code.name());
    }
}
