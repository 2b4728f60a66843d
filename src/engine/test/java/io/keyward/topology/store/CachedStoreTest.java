package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class CachedStoreTest {
    private static final TenantId TENANT = new TenantId("contoso");

    private final List<String> calls = new ArrayList<>();
    private boolean failing;
    private final KeyValueStore<Bytes, byte[]> store = TestStores.observed(TestStores.named("tenants"), this::note);

    @Test
    void whatWasPutOrReadIsNotReadAgain() {
        CachedStore<TenantId, TenantState> rows = rows();
        assertThat(rows.get(TENANT)).isEqualTo(TenantState.NONE);
        assertThat(rows.get(TENANT)).isEqualTo(TenantState.NONE);
        rows.put(TENANT, withSlots(3));
        assertThat(rows.get(TENANT)).isEqualTo(withSlots(3));
        assertThat(calls).containsExactly("get", "put");
    }

    @Test
    void whatIsPutIsInTheStoreAtOnce() {
        rows().put(TENANT, withSlots(3));
        assertThat(rows().get(TENANT)).isEqualTo(withSlots(3));
    }

    @Test
    void whatWasRolledBackIsUnknownToTheNextOne() {
        rows().put(TENANT, withSlots(3));
        store.delete(row(TENANT));
        assertThat(rows().get(TENANT)).isEqualTo(TenantState.NONE);
    }

    /// Only the store decides whether it has the new value after a failure.
    @Test
    void aPutThatFailsLeavesNothingBehind() {
        CachedStore<TenantId, TenantState> rows = rows();
        rows.put(TENANT, withSlots(3));
        failing = true;
        assertThatIllegalStateException().isThrownBy(() -> rows.put(TENANT, withSlots(4)));
        failing = false;
        calls.clear();
        assertThat(rows.get(TENANT)).isEqualTo(withSlots(3));
        assertThat(calls).containsExactly("get");
    }

    @Test
    void whatWasDeletedIsReadAgain() {
        CachedStore<TenantId, TenantState> rows = rows();
        rows.put(TENANT, withSlots(3));
        rows.delete(TENANT);
        assertThat(rows.get(TENANT)).isEqualTo(TenantState.NONE);
        rows.put(TENANT, withSlots(3));
        assertThat(rows.deleteAll(row(TENANT))).isEqualTo(1);
        assertThat(rows.get(TENANT)).isEqualTo(TenantState.NONE);
    }

    private CachedStore<TenantId, TenantState> rows() {
        return new CachedStore<>(store, CachedStoreTest::row, StateCodec.TENANTS, TenantState.NONE, 10_000);
    }

    private static Bytes row(TenantId tenant) {
        return RowKeys.tenantState(tenant);
    }

    private static TenantState withSlots(int slots) {
        return TenantState.NONE.addSlots(slots);
    }

    /// Records the call, and fails on request.
    private void note(String call) {
        calls.add(call);
        if (failing) {
            throw new IllegalStateException("no room");
        }
    }
}
