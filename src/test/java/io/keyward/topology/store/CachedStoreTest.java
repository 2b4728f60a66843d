package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.TenantId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class CachedStoreTest {
    private static final Bytes ROW = StoreKeys.forKind((char) 1, new TenantId("contoso"));

    private final List<String> calls = new ArrayList<>();
    private boolean failing;
    private final KeyValueStore<Bytes, byte[]> store = watched(TestStores.named("tenants"));

    @Test
    void whatWasPutOrReadIsNotReadAgain() {
        CachedStore<TenantState> rows = rows();
        assertThat(rows.get(ROW)).isEqualTo(TenantState.NONE);
        assertThat(rows.get(ROW)).isEqualTo(TenantState.NONE);
        rows.put(ROW, withSlots(3));
        assertThat(rows.get(ROW)).isEqualTo(withSlots(3));
        assertThat(calls).containsExactly("get", "put");
    }

    @Test
    void whatIsPutIsInTheStoreAtOnce() {
        rows().put(ROW, withSlots(3));
        assertThat(rows().get(ROW)).isEqualTo(withSlots(3));
    }

    @Test
    void whatWasRolledBackIsUnknownToTheNextOne() {
        rows().put(ROW, withSlots(3));
        store.delete(ROW);
        assertThat(rows().get(ROW)).isEqualTo(TenantState.NONE);
    }

    /// Only the store decides whether it has the new value after a failure.
    @Test
    void aPutThatFailsLeavesNothingBehind() {
        CachedStore<TenantState> rows = rows();
        rows.put(ROW, withSlots(3));
        failing = true;
        assertThatIllegalStateException().isThrownBy(() -> rows.put(ROW, withSlots(4)));
        failing = false;
        calls.clear();
        assertThat(rows.get(ROW)).isEqualTo(withSlots(3));
        assertThat(calls).containsExactly("get");
    }

    private CachedStore<TenantState> rows() {
        return new CachedStore<>(store, StateCodec.ofTenants(), TenantState.NONE, 10_000);
    }

    private static TenantState withSlots(int slots) {
        return TenantState.NONE.addSlots(slots);
    }

    /// A store that records its calls and fails on request.
    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, byte[]> watched(KeyValueStore<Bytes, byte[]> store) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (_, method, arguments) -> {
                    calls.add(method.getName());
                    if (failing) {
                        throw new IllegalStateException("no room");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
