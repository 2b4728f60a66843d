package io.keyward.topology.store;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.id.TenantId;

/// An environment as stored in its row.
public record StoredEnvironment(TenantId tenant, EnvironmentState state) {}
