package io.keyward.console.whatif;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.read.DryRun;
import io.keyward.topology.store.TenantReader;
import java.util.HashMap;
import java.util.Map;

/// The stores of tenants, which can be written without changing those that they are copies of. For one thread.
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

    /// From now on, remembers the rows as they are now.
    void mark() {
        copies.values().forEach(CopyOnWriteStore::mark);
    }

    /// What is known of a tenant.
    TenantReader now(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant));
    }

    /// What was known of a tenant at the mark. To be read before the next event.
    TenantReader atMark(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant).atMark());
    }
}
