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
    private final StateCodec<EnvironmentState> codec = StateCodec.ofEnvironments();

    EnvironmentRows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    EnvironmentState get(TenantId tenant, EnvironmentId environment) {
        byte[] row = store.get(RowKeys.of(tenant, environment));
        return row == null ? EnvironmentState.NONE : codec.read(row);
    }

    void put(TenantId tenant, EnvironmentId environment, EnvironmentState state) {
        store.put(RowKeys.of(tenant, environment), codec.write(state));
    }

    /// Up to `most` environments after the one named, or the first ones.
    List<Sweep.Address> after(Optional<Sweep.Address> address, int most) {
        List<Sweep.Address> found = new ArrayList<>();
        Bytes from = address.map(a -> RowKeys.after(RowKeys.of(a.tenantId(), a.environmentId())))
                .orElse(null);
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
            while (rows.hasNext() && found.size() < most) {
                KeyValue<Bytes, byte[]> row = rows.next();
                found.add(
                        new Sweep.Address(RowKeys.firstPartAsTenant(row.key), RowKeys.lastPartAsEnvironment(row.key)));
            }
        }
        return found;
    }
}
