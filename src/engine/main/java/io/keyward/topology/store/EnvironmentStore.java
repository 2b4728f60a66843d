package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `environments`: (tenant, environment) → facts, slot, and the last published outputs.
public final class EnvironmentStore {
    private final KeyValueStore<Bytes, byte[]> store;

    /// The row key that was used last. A row that was read is usually written next.
    private Optional<Row> last = Optional.empty();

    private record Row(TenantId tenant, EnvironmentId environment, Bytes key) {
        boolean isOf(TenantId otherTenant, EnvironmentId otherEnvironment) {
            return environment.equals(otherEnvironment) && tenant.equals(otherTenant);
        }
    }

    public EnvironmentStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    public EnvironmentState get(TenantId tenant, EnvironmentId environment) {
        byte[] row = store.get(row(tenant, environment));
        return row == null ? EnvironmentState.NONE : StateCodec.ENVIRONMENTS.read(row);
    }

    public void put(TenantId tenant, EnvironmentId environment, EnvironmentState state) {
        store.put(row(tenant, environment), StateCodec.ENVIRONMENTS.write(state));
    }

    public void delete(TenantId tenant, EnvironmentId environment) {
        store.delete(row(tenant, environment));
    }

    private Bytes row(TenantId tenant, EnvironmentId environment) {
        if (last.isEmpty() || !last.get().isOf(tenant, environment)) {
            last = Optional.of(new Row(tenant, environment, RowKeys.environment(tenant, environment)));
        }
        return last.get().key();
    }

    /// Up to `max` environments of a tenant after the given one, or from the first, in order of their ids.
    public List<EnvironmentId> ofTenant(TenantId tenant, Optional<EnvironmentId> after, int max) {
        return RowRange.startingWith(
                store,
                RowKeys.ofTenant(tenant),
                after.map(last -> RowKeys.environment(tenant, last)),
                max,
                RowKeys::environment);
    }

    /// Up to `max` environments after the given one, or from the start.
    public List<FanOut.Address> listAfter(Optional<FanOut.Address> address, int max) {
        Bytes from = address.map(a -> RowKeys.after(RowKeys.environment(a.tenantId(), a.environmentId())))
                .orElse(null);
        return RowRange.first(
                store, from, null, max, row -> new FanOut.Address(RowKeys.tenant(row), RowKeys.environment(row)));
    }
}
