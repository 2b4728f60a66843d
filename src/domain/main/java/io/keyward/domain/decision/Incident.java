package io.keyward.domain.decision;

import java.time.Instant;
import java.util.List;

/// What was last told of a warning that is open (docs/domain.md, "Warnings").
///
/// @param id the same in all records of the incident, and in no other incident of its code and environment
/// @param sequence of the last record: 1 with the one that raised it
/// @param raisedAt the time of the cause that raised it
/// @param severity of the last record
/// @param subjects of the last record
/// @param subjectCount how many subjects there were
/// @param told a digest of all that an update tells, see [OpenWarning#told]
public record Incident(
        IncidentId id,
        int sequence,
        Instant raisedAt,
        Severity severity,
        List<String> subjects,
        int subjectCount,
        long told) {
    public Incident {
        subjects = List.copyOf(subjects);
    }

    /// An incident that begins.
    ///
    /// @param revision of the decision that raises it; of a warning about a tenant, the number of the incident
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
                warning.told());
    }

    /// The incident after one more record.
    Incident updated(OpenWarning warning) {
        return of(id, sequence + 1, raisedAt, warning);
    }

    /// The incident after a record that changes nothing else.
    Incident next() {
        return new Incident(id, sequence + 1, raisedAt, severity, subjects, subjectCount, told);
    }

    /// As a record tells it: without what makes an update.
    public Incident asRecorded() {
        return new Incident(id, sequence, raisedAt, severity, subjects, subjectCount, 0);
    }

    /// As it was before its last record, as far as that tells.
    public Incident before() {
        return new Incident(id, sequence - 1, raisedAt, severity, subjects, subjectCount, 0);
    }

    /// Whether the last record of both is the same one.
    public boolean isOfTheRecordOf(Incident other) {
        return id.equals(other.id) && sequence == other.sequence;
    }

    /// Whether the last record tells what the warning would tell now.
    boolean tells(OpenWarning warning) {
        return told == warning.told();
    }
}
