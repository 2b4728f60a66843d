package io.keyward.console.replica;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;

/// An environment with its stored state.
public record EnvironmentRow(TenantId tenant, EnvironmentId environment, EnvironmentState state) {}
