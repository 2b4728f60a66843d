package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.read.DryRun;

/// The stores of single tenants at one moment, with their staleness.
public interface TenantView extends DryRun.Stores {
    /// The caller for whom the view was opened.
    Caller caller();

    /// The staleness of the whole replica.
    Staleness staleness();

    /// The staleness of what concerns a tenant.
    Staleness staleness(TenantId tenant);
}
