package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `environments`: (tenant, environment) → facts, slot, and what was published last.
public final class EnvironmentStore {
    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<EnvironmentState> codec = StateCodec.ofEnvironments();

    public EnvironmentStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    public EnvironmentState get(TenantId tenant, EnvironmentId environment) {
        byte[] row = store.get(StoreKeys.of(tenant, environment));
        return row == null ? EnvironmentState.NONE : codec.read(row);
    }

    public void put(TenantId tenant, EnvironmentId environment, EnvironmentState state) {
        store.put(StoreKeys.of(tenant, environment), codec.write(state));
    }

    /// Up to `most` environments after the one named, or the first ones.
    public List<Sweep.Address> after(Optional<Sweep.Address> address, int most) {
        List<Sweep.Address> found = new ArrayList<>();
        Bytes from = address.map(a -> StoreKeys.after(StoreKeys.of(a.tenantId(), a.environmentId())))
                .orElse(null);
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
            while (rows.hasNext() && found.size() < most) {
                KeyValue<Bytes, byte[]> row = rows.next();
                found.add(new Sweep.Address(
                        StoreKeys.firstPartAsTenant(row.key), StoreKeys.lastPartAsEnvironment(row.key)));
            }
        }
        return found;
    }
}
