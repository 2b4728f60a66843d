package io.keyward.domain;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Map;

/// An environment that is known to use a key, with all that its verdict rests on.
///
/// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
/// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
public record KeyUser(
        TenantId tenant,
        EnvironmentId environment,
        EnvironmentState state,
        Map<KeyId, KeyFacts> keys,
        Instant timeReached) {
    /// The environment as sentences name it.
    String name() {
        return "environment " + environment + " of tenant " + tenant;
    }
}
