package io.keyward.domain.decision;

import java.time.Instant;
import java.util.List;

/// What was last published about an open warning (docs/domain.md, "Warnings").
///
/// @param id the same in all records of the incident, and in no other incident of its code and environment
/// @param sequence of the last record; the record that raised the incident has 1
/// @param raisedAt the time of the cause that raised it
/// @param severity of the last record
/// @param subjects of the last record
/// @param subjectCount the total number of subjects
/// @param fingerprint a digest of everything whose change is an update, see [OpenWarning#fingerprint]
public record Incident(
        IncidentId id,
        int sequence,
        Instant raisedAt,
        Severity severity,
        List<String> subjects,
        int subjectCount,
        long fingerprint) {
    public Incident {
        subjects = List.copyOf(subjects);
    }

    /// A new incident.
    ///
    /// @param revision of the decision that raises it; for a warning about a tenant, the number of the incident
    static Incident raised(OpenWarning warning, long revision, Cause cause) {
        return of(IncidentId.of(revision, cause), 1, cause.occurredAt(), warning);
    }

    private static Incident of(IncidentId id, int sequence, Instant raisedAt, OpenWarning warning) {
        return new Incident(
                id,
                sequence,
                raisedAt,
                warning.severity(),
                warning.firstSubjects(),
                warning.subjects().size(),
                warning.fingerprint());
    }

    /// The incident after one more record.
    Incident updated(OpenWarning warning) {
        return of(id, sequence + 1, raisedAt, warning);
    }

    /// The incident after a record that changes nothing else.
    Incident next() {
        return new Incident(id, sequence + 1, raisedAt, severity, subjects, subjectCount, fingerprint);
    }

    /// As its record has it: without the fingerprint.
    public Incident asRecorded() {
        return new Incident(id, sequence, raisedAt, severity, subjects, subjectCount, 0);
    }

    /// As it was before its last record, as far as that record shows.
    public Incident before() {
        return new Incident(id, sequence - 1, raisedAt, severity, subjects, subjectCount, 0);
    }

    /// Whether the last record of both is the same one.
    public boolean isOfTheRecordOf(Incident other) {
        return id.equals(other.id) && sequence == other.sequence;
    }

    /// Whether the last record says what the warning would say now.
    boolean matches(OpenWarning warning) {
        return fingerprint == warning.fingerprint();
    }
}
