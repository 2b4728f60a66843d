package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.RowKeys;
import org.apache.kafka.common.utils.Bytes;

/// Where the rows of the processor's stores are: those of a tenant together, whatever their partition, and those about
/// a whole partition apart by partition. What follows the prefix is the key in the processor's store.
final class StoreRows {
    private StoreRows() {}

    static Bytes key(String store, int partition, Bytes row) {
        byte[] prefix = RowKeys.tenant(store, row)
                .map(tenant -> ofTenant(store, tenant))
                .orElseGet(() -> ofPartition(store, partition));
        return Bytes.wrap(KeyWriter.joined(prefix, row.get()));
    }

    /// Where the rows of a store begin that are about tenants, in the order of these.
    static byte[] of(String store) {
        return KeyWriter.in(Table.ROW).text(store).bytes();
    }

    static byte[] ofTenant(String store, TenantId tenant) {
        return start(store, tenant.value()).bytes();
    }

    /// No tenant's name is empty.
    static byte[] ofPartition(String store, int partition) {
        return start(store, "").number(partition).bytes();
    }

    private static KeyWriter start(String store, String tenant) {
        return KeyWriter.in(Table.ROW).text(store).text(tenant);
    }
}
