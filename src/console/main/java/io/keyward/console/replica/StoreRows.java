package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.RowKeys;
import org.apache.kafka.common.utils.Bytes;

/// The keys of the processor's rows in the database. The rows of a tenant are adjacent, whatever their
/// partition; rows about a whole partition are grouped by partition. After the prefix follows the key in
/// the processor's store.
final class StoreRows {
    private StoreRows() {}

    static Bytes key(String store, int partition, Bytes row) {
        byte[] prefix = RowKeys.tenant(store, row)
                .map(tenant -> ofTenant(store, tenant))
                .orElseGet(() -> ofPartition(store, partition));
        return Bytes.wrap(KeyWriter.joined(prefix, row.get()));
    }

    /// The prefix of the rows of a store; those about tenants are ordered by tenant.
    static byte[] of(String store) {
        return KeyWriter.in(Table.ROW).text(store).bytes();
    }

    static byte[] ofTenant(String store, TenantId tenant) {
        return start(store, tenant.value()).bytes();
    }

    /// The tenant is empty, which no tenant id is.
    static byte[] ofPartition(String store, int partition) {
        return start(store, "").number(partition).bytes();
    }

    private static KeyWriter start(String store, String tenant) {
        return KeyWriter.in(Table.ROW).text(store).text(tenant);
    }
}
