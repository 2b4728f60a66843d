package io.keyward.vault.watch;

import io.keyward.domain.KeyFacts;
import io.keyward.domain.KeyId;
import io.keyward.domain.KeyVersion;
import io.keyward.domain.TenantId;
import java.util.Set;

/// A tenant's key as far as it is to be judged: the facts there are, and what its vault has shown.
///
/// @param versions the versions that environments of the tenant depend on, whether current or not
/// @param facts those stored and those on their way
/// @param revocationOnItsWay whether one of the latter is a revocation
record Matter(
        TenantId tenant,
        KeyId key,
        Set<KeyVersion> versions,
        KeyFacts facts,
        boolean revocationOnItsWay,
        Evidence evidence) {}
