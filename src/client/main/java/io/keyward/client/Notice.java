package io.keyward.client;

import io.keyward.decision.Warning;
import java.util.Optional;

/// A change of an incident that a [WarningFeed] reports. An incident is a warning from the time it is raised to
/// the time it is cleared.
///
/// @param id of the incident: the key, `/`, and the warning's `incident`. It is the same in all notices of the
///     incident, and unique to it
/// @param key of the record: `tenantId/environmentId/code`; `tenantId//code` for a warning about a whole tenant
/// @param warning as in the record; empty if no record states the end of the incident, see [Kind#CLOSED]
public record Notice(Kind kind, String id, String key, Optional<Warning> warning) {
    /// What happened to the incident.
    public enum Kind {
        /// The incident is open, and was not known.
        OPENED,
        /// The incident is still open, and the content of its warning has changed.
        UPDATED,
        /// The incident has ended. Either its record says CLEARED, or there is none, because the tenant was
        /// erased or compaction removed it.
        CLOSED
    }
}
