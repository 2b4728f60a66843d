package io.keyward.client;

import io.keyward.decision.Warning;
import java.util.Optional;

/// What a [WarningFeed] tells of an incident: a warning that stands from the time it is raised to the time
/// it is cleared.
///
/// @param id of the incident: the key, `/`, and the warning's `incident`. All notices of an incident have
///     it, and no others
/// @param key of the record: `tenantId/environmentId/code`, of a warning about a tenant as
/// a whole `tenantId//code`
/// @param warning as its record says; empty if no record says that the incident has ended, see [Kind#CLOSED]
public record Notice(Kind kind, String id, String key, Optional<Warning> warning) {
    /// What became of the incident.
    public enum Kind {
        /// It stands, and was not known.
        OPENED,
        /// It goes on, and what it tells has changed.
        UPDATED,
        /// It has ended. The record says CLEARED; or there is none, because the tenant was erased, or because
        /// compaction took it.
        CLOSED
    }
}
