package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// What is known of a tenant once it is erased (R15).
class TenantStoreTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Instant ERASED = Instant.parse("2026-03-02T10:00:00Z");

    private final KeyValueStore<Bytes, byte[]> rows = TestStores.named("tenants");

    @Test
    void anErasureIsKnownWhenTheStoreIsOpenedAgain() {
        new TenantStore(rows, 0).erased(CONTOSO, ERASED);

        TenantStore next = new TenantStore(rows, 0);
        assertThat(next.erasedAt(CONTOSO)).contains(ERASED);
        assertThat(next.erasedAt(new TenantId("fabrikam"))).isEmpty();
    }

    @Test
    void theLastErasureIsKept() {
        TenantStore tenants = new TenantStore(rows, 0);
        assertThat(tenants.erasedAt(CONTOSO)).isEmpty();

        tenants.erased(CONTOSO, ERASED);
        tenants.erased(CONTOSO, ERASED.minusSeconds(1));

        assertThat(tenants.erasedAt(CONTOSO)).contains(ERASED);
    }
}
