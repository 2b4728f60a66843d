package io.keyward.topology.store;

import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;

/// A key, or one version of it, that environments of a tenant depend on.
public record TenantKeyReference(TenantId tenant, KeyReference key) {}
