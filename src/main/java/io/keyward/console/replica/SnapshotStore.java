package io.keyward.console.replica;

import io.keyward.topology.store.RangedStore;
import io.keyward.topology.store.RowKeys;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The rows of one tenant in one store of the processor, and those about its whole partition; for reading only.
final class SnapshotStore implements RangedStore {
    private final Frozen frozen;
    private final String name;
    private final byte[] ofTenant;
    private final byte[] ofPartition;

    /// @param ofTenant the prefix of the tenant's rows
    /// @param ofPartition the prefix of the rows about its partition
    SnapshotStore(Frozen frozen, String name, byte[] ofTenant, byte[] ofPartition) {
        this.frozen = frozen;
        this.name = name;
        this.ofTenant = ofTenant;
        this.ofPartition = ofPartition;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] get(Bytes key) {
        byte[] prefix = RowKeys.tenant(name, key).isPresent() ? ofTenant : ofPartition;
        return frozen.get(KeyWriter.joined(prefix, key.get())).orElse(null);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Merged(scan(ofTenant, from, to, true), scan(ofPartition, from, to, true), true);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return new Merged(scan(ofTenant, from, to, false), scan(ofPartition, from, to, false), false);
    }

    /// @param from null for the first row
    /// @param to the last row, null for the end
    private Scan scan(byte[] prefix, Bytes from, Bytes to, boolean forward) {
        byte[] first = from == null ? prefix : KeyWriter.joined(prefix, from.get());
        byte[] end = to == null ? KeyWriter.after(prefix) : KeyWriter.next(KeyWriter.joined(prefix, to.get()));
        return forward ? frozen.scan(first, end) : frozen.reverse(first, end);
    }

    @Override
    public long approximateNumEntries() {
        try (KeyValueIterator<Bytes, byte[]> rows = all()) {
            long count = 0;
            for (; rows.hasNext(); rows.next()) {
                count++;
            }
            return count;
        }
    }

    /// Two walks in one order.
    private final class Merged implements KeyValueIterator<Bytes, byte[]> {
        private final Scan tenants;
        private final Scan partitions;
        private final boolean forward;

        Merged(Scan tenants, Scan partitions, boolean forward) {
            this.tenants = tenants;
            this.partitions = partitions;
            this.forward = forward;
        }

        @Override
        public boolean hasNext() {
            return tenants.isValid() || partitions.isValid();
        }

        @Override
        public Bytes peekNextKey() {
            return key(first());
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Scan next = first();
            KeyValue<Bytes, byte[]> row = KeyValue.pair(key(next), next.value());
            next.next();
            return row;
        }

        private Scan first() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!tenants.isValid() || !partitions.isValid()) {
                return tenants.isValid() ? tenants : partitions;
            }
            boolean tenantFirst = key(tenants).compareTo(key(partitions)) < 0;
            return tenantFirst == forward ? tenants : partitions;
        }

        private Bytes key(Scan scan) {
            byte[] key = scan.key();
            int from = scan == tenants ? ofTenant.length : ofPartition.length;
            return Bytes.wrap(Arrays.copyOfRange(key, from, key.length));
        }

        @Override
        public void close() {
            tenants.close();
            partitions.close();
        }
    }

    @Override
    public void put(Bytes key, byte[] value) {
        throw readOnly();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw readOnly();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> rows) {
        throw readOnly();
    }

    @Override
    public byte[] delete(Bytes key) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("A replica is only read.");
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // It is ready.
    }

    @Override
    public void close() {
        // The view is to be closed.
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
