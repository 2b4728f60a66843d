package io.keyward.topology.store;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.id.TenantId;

/// An environment as its row has it.
public record StoredEnvironment(TenantId tenant, EnvironmentState state) {}
