package io.keyward.console.whatif;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.read.DryRun;
import io.keyward.topology.store.TenantReader;
import java.util.HashMap;
import java.util.Map;

/// Copy-on-write copies of the stores of tenants. For one thread.
final class StoreCopies implements DryRun.Stores {
    private final DryRun.Stores originals;
    private final Map<CopyKey, CopyOnWriteStore> copies = new HashMap<>();

    StoreCopies(DryRun.Stores originals) {
        this.originals = originals;
    }

    private record CopyKey(String name, TenantId tenant) {}

    @Override
    public CopyOnWriteStore store(String name, TenantId tenant) {
        return copies.computeIfAbsent(
                new CopyKey(name, tenant), _ -> new CopyOnWriteStore(originals.store(name, tenant)));
    }

    /// Records the current rows as those at the mark.
    void mark() {
        copies.values().forEach(CopyOnWriteStore::mark);
    }

    /// The current state of a tenant.
    TenantReader now(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant));
    }

    /// The state of a tenant at the mark. Valid until the next mark.
    TenantReader atMark(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant).atMark());
    }
}
