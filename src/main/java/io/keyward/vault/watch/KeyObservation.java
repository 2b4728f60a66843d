package io.keyward.vault.watch;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.util.Set;

/// A tenant's key: its facts, and what its vault has shown.
///
/// @param versions the versions that environments of the tenant depend on, whether current or not
/// @param facts those stored and those in flight
/// @param revocationOnItsWay whether a revocation is in flight
record KeyObservation(
        TenantId tenant,
        KeyId key,
        Set<KeyVersion> versions,
        KeyFacts facts,
        boolean revocationOnItsWay,
        Evidence evidence) {}
