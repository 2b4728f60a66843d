package io.keyward.topology;

import io.keyward.domain.KeyReference;
import io.keyward.domain.TenantId;

/// A key, or one version of it, that environments of a tenant depend on.
public record KeyInUse(TenantId tenant, KeyReference key) {}
