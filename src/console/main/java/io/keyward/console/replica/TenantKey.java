package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;

/// A key as a tenant uses it. Facts that another tenant has about a key with the same address do not count.
public record TenantKey(TenantId tenant, KeyId key) {}
