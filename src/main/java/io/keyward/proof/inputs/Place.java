package io.keyward.proof.inputs;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;

/// What facts of a tenant are about: each has a row of its own, or several in the store `enforcement`.
sealed interface Place {
    /// An environment.
    record OfEnvironment(EnvironmentId environment) implements Place {}

    /// What the components of an environment reported.
    record OfReports(EnvironmentId environment) implements Place {}

    /// A key.
    record OfKey(KeyId key) implements Place {}

    /// The limit of the tenant, and the time that it has reached.
    record OfTenant() implements Place {}
}
