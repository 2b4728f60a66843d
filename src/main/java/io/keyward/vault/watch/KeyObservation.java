package io.keyward.vault.watch;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.util.Set;

/// A tenant's key with its facts and its vault's answers.
///
/// @param versions the versions that the tenant's environments depend on, current or not
/// @param facts the stored facts and those in flight
/// @param revocationOnItsWay whether a revocation is in flight
record KeyObservation(
        TenantId tenant,
        KeyId key,
        Set<KeyVersion> versions,
        KeyFacts facts,
        boolean revocationOnItsWay,
        Evidence evidence) {}
