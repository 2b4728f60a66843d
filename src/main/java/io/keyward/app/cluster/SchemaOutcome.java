package io.keyward.app.cluster;

import java.util.Optional;
import java.util.OptionalInt;

/// What became of one schema when all were registered.
///
/// @param subject under which it is registered
/// @param id of the schema in the registry; empty if it was refused
/// @param problem why it, or its level, is not as it should be
public record SchemaOutcome(String subject, Registration result, OptionalInt id, Optional<SchemaFinding> problem) {
    /// Whether a schema is new, was there already, or would not be had.
    public enum Registration {
        REGISTERED,
        EXISTED,
        REFUSED
    }

    static SchemaOutcome registered(String subject, int id) {
        return new SchemaOutcome(subject, Registration.REGISTERED, OptionalInt.of(id), Optional.empty());
    }

    static SchemaOutcome existed(String subject, int id) {
        return new SchemaOutcome(subject, Registration.EXISTED, OptionalInt.of(id), Optional.empty());
    }

    static SchemaOutcome refused(SchemaFinding problem) {
        return new SchemaOutcome(problem.subject(), Registration.REFUSED, OptionalInt.empty(), Optional.of(problem));
    }
}
