package io.keyward.console.whatif;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.DryRun;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The stores of tenants, which can be written without changing those that they are copies of. For one thread.
final class StoreCopies implements DryRun.Stores {
    private final DryRun.Stores originals;
    private final Map<Place, CopyOnWriteStore> copies = new HashMap<>();

    StoreCopies(DryRun.Stores originals) {
        this.originals = originals;
    }

    private record Place(String name, TenantId tenant) {}

    @Override
    public KeyValueStore<Bytes, byte[]> store(String name, TenantId tenant) {
        return copy(name, tenant);
    }

    private CopyOnWriteStore copy(String name, TenantId tenant) {
        return copies.computeIfAbsent(
                new Place(name, tenant), _ -> new CopyOnWriteStore(originals.store(name, tenant)));
    }

    /// From now on, remembers the rows as they are now.
    void mark() {
        copies.values().forEach(CopyOnWriteStore::mark);
    }

    /// Whether a row was written or deleted since the mark.
    boolean isChangedSinceMark() {
        return copies.values().stream().anyMatch(CopyOnWriteStore::isChangedSinceMark);
    }

    /// What is known of a tenant.
    TenantRows now(TenantId tenant) {
        return new TenantRows(tenant, name -> store(name, tenant));
    }

    /// What was known of a tenant at the mark. To be read before the next event.
    TenantRows atMark(TenantId tenant) {
        return new TenantRows(tenant, name -> copy(name, tenant).atMark());
    }
}
