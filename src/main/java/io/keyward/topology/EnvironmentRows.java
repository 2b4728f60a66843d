package io.keyward.topology;

import io.keyward.avro.StateCodec;
import io.keyward.domain.EnvironmentId;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Sweep;
import io.keyward.domain.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `environments`: (tenant, environment) → facts, slot, and what was published last.
final class EnvironmentRows {
    private final KeyValueStore<Bytes, byte[]> store;
    private final DecodedRows<EnvironmentState> rows;

    EnvironmentRows(KeyValueStore<Bytes, byte[]> store, long cachedBytes) {
        this.store = store;
        this.rows = new DecodedRows<>(store, StateCodec.ofEnvironments(), EnvironmentState.NONE, cachedBytes);
    }

    EnvironmentState get(TenantId tenant, EnvironmentId environment) {
        return rows.get(RowKeys.of(tenant, environment));
    }

    void put(TenantId tenant, EnvironmentId environment, EnvironmentState state) {
        rows.put(RowKeys.of(tenant, environment), state);
    }

    /// Up to `most` environments after the one named, or the first ones.
    List<Sweep.Address> after(Optional<Sweep.Address> address, int most) {
        List<Sweep.Address> found = new ArrayList<>();
        Bytes from = address.map(a -> RowKeys.after(RowKeys.of(a.tenantId(), a.environmentId())))
                .orElse(null);
        try (KeyValueIterator<Bytes, byte[]> following = store.range(from, null)) {
            while (following.hasNext() && found.size() < most) {
                KeyValue<Bytes, byte[]> row = following.next();
                found.add(
                        new Sweep.Address(RowKeys.firstPartAsTenant(row.key), RowKeys.lastPartAsEnvironment(row.key)));
            }
        }
        return found;
    }
}
