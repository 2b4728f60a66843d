package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A deadline: something that happens at a known time (R25, R26).
///
/// @param environmentId empty for the expiry of a key
/// @param key the key or version that it concerns; empty if it concerns none
public record Deadline(
        Instant at, Kind kind, TenantId tenantId, Optional<EnvironmentId> environmentId, Optional<KeyReference> key) {
    /// In the order of lists.
    public enum Kind {
        /// A locked environment will be deleted (R20).
        DELETION,

        /// A version of a key expires as announced (R23, R26).
        KEY_EXPIRY,

        /// Components that are not proven become late (R30). The replica stores only when some may;
        /// which ones do depends on more than one row.
        ENFORCEMENT_LATE,

        /// Warnings or components change by time alone (R25), and no other kind explains the change at this
        /// moment.
        DECISION,

        /// A version or key need no longer be kept (R9, R17, R22).
        RETENTION_END
    }
}
