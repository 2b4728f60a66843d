package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;

/// A key as a tenant uses it. What is known of a key with the same address in another tenant does not count here.
public record TenantKey(TenantId tenant, KeyId key) {}
