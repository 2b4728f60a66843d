package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.read.DryRun;

/// What single tenants' stores held at one moment, and how far that reaches.
public interface TenantView extends DryRun.Stores {
    /// For whom the view was opened.
    Caller caller();

    /// How far the whole replica has read.
    Staleness freshness();

    /// How far the replica has read what concerns a tenant.
    Staleness freshness(TenantId tenant);
}
