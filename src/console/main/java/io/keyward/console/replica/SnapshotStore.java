package io.keyward.console.replica;

import io.keyward.topology.store.RangedStore;
import io.keyward.topology.store.RowKeys;
import java.util.Comparator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The rows of one tenant in one store of the processor, and those about its whole partition. Read-only.
///
/// @param ofTenant the prefix of the tenant's rows
/// @param ofPartition the prefix of the rows about its partition
@SuppressWarnings("ArrayRecordComponent") // never compared
record SnapshotStore(ReplicaSnapshot snapshot, String name, byte[] ofTenant, byte[] ofPartition)
        implements RangedStore {
    @Override
    public byte[] get(Bytes key) {
        byte[] prefix = RowKeys.tenant(name, key).isPresent() ? ofTenant : ofPartition;
        return snapshot.get(KeyWriter.joined(prefix, key.get())).orElse(null);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new MergedRows(
                scan(ofTenant, from, to, true), scan(ofPartition, from, to, true), Comparator.naturalOrder());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return new MergedRows(
                scan(ofTenant, from, to, false), scan(ofPartition, from, to, false), Comparator.reverseOrder());
    }

    /// @param from null for no lower bound
    /// @param to inclusive; null for no upper bound
    private Scan scan(byte[] prefix, Bytes from, Bytes to, boolean forward) {
        byte[] first = from == null ? Scan.OPEN : from.get();
        byte[] end = to == null ? Scan.OPEN : KeyWriter.next(to.get());
        return snapshot.scan(prefix, first, end, forward);
    }

    @Override
    public void put(Bytes key, byte[] value) {
        throw readOnly();
    }

    @Override
    public byte[] delete(Bytes key) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("A replica is read-only.");
    }
}
