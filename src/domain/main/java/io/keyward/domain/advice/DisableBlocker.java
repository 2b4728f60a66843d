package io.keyward.domain.advice;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// One reason not to disable a key or a version of it (R27).
///
/// @param tenantId the tenant of the environment that it concerns; empty if it does not concern a single
///     environment
/// @param environmentId the environment that it concerns; empty if it does not concern a single environment
/// @param until the date that the reason depends on, if there is one: until when the key must be kept, or when the
///     version in force expires or was revoked
/// @param sentence the reason for an administrator who does not know this system
public record DisableBlocker(
        Code code,
        Optional<TenantId> tenantId,
        Optional<EnvironmentId> environmentId,
        Optional<Instant> until,
        String sentence) {
    /// The kinds of reason.
    public enum Code {
        /// Data is under it, or will be.
        IN_USE,

        /// It must be kept until a date.
        NOT_BEFORE,

        /// The known facts do not show that nothing needs it.
        UNPROVEN,

        /// The version that replaces it cannot be relied on.
        SUCCESSOR_UNUSABLE,

        /// Some of the facts are not available.
        NOT_KNOWN
    }
}
