package io.keyward.domain.decision;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Identifies a warning of an environment: its code and, if there can be several, its subject.
public record WarningKey(WarningCode code, Optional<String> subject) implements Comparable<WarningKey> {
    private static final Map<WarningCode, WarningKey> WITHOUT_SUBJECT = new EnumMap<>(WarningCode.class);

    static {
        for (WarningCode code : WarningCode.values()) {
            WITHOUT_SUBJECT.put(code, new WarningKey(code, Optional.empty()));
        }
    }

    /// The one warning of that code: always the same object.
    public static WarningKey of(WarningCode code) {
        return WITHOUT_SUBJECT.get(code);
    }

    /// Its severity. That of a countdown rises from mark to mark (R26).
    public Severity severity() {
        if (code != WarningCode.DELETION_IMMINENT) {
            return code.severity();
        }
        return switch (subject.orElse("")) {
            case "3" -> Severity.ERROR;
            case "1" -> Severity.CRITICAL;
            default -> code.severity();
        };
    }

    @Override
    public int compareTo(WarningKey other) {
        int byCode = code.compareTo(other.code);
        return byCode != 0 ? byCode : subject.orElse("").compareTo(other.subject.orElse(""));
    }

    /// `CODE` or `CODE/subject`: as decisions list it and as record keys end.
    @Override
    public String toString() {
        return subject.map(s -> code.name() + "/" + s).orElse(code.name());
    }
}
