package io.keyward.app.cluster;

import java.util.Optional;
import java.util.OptionalInt;

/// The result of registering one schema.
///
/// @param subject under which it is registered
/// @param id of the schema in the registry; empty if it was refused
/// @param problem why it was refused; empty if it was not
public record SchemaOutcome(String subject, Registration result, OptionalInt id, Optional<SchemaFinding> problem) {
    /// Whether a schema is new, existed already, or was refused.
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
