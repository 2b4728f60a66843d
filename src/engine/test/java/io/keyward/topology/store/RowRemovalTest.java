package io.keyward.topology.store;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// Rows that any event may remove are overwritten with nothing: a `delete` would look up the row that it returns.
class RowRemovalTest {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("hr");

    private final List<String> calls = new ArrayList<>();
    private final KeyValueStore<Bytes, byte[]> rows = TestStores.named("rows");
    private final KeyValueStore<Bytes, byte[]> observed = TestStores.observed(rows, calls::add);

    @Test
    void aTimerThatIsRemovedIsNotLookedUp() {
        DeadlineStore deadlines = new DeadlineStore(observed);
        deadlines.move(TENANT, ENVIRONMENT, Optional.empty(), Optional.of(day(1)));
        assertRemovedBy(() -> deadlines.move(TENANT, ENVIRONMENT, Optional.of(day(1)), Optional.empty()));
    }

    @Test
    void anEnvironmentThatLeavesTheQueueIsNotLookedUp() {
        TenantStore tenants = new TenantStore(observed, 0);
        tenants.enqueue(TENANT, day(1), ENVIRONMENT);
        assertRemovedBy(() -> tenants.dequeue(TENANT, day(1), ENVIRONMENT));
    }

    @Test
    void anEnvironmentThatLeavesAKeyIsNotLookedUp() {
        KeyFactsStore keys = new KeyFactsStore(TestStores.named("keys"), observed, 0);
        EnvironmentFacts facts = EnvironmentFacts.NONE.with(applied(1, "contoso", "hr", "k1"));
        keys.updateUsage(TENANT, ENVIRONMENT, EnvironmentFacts.NONE, facts);
        assertThat(keys.users(TENANT, key("k1"), Optional.empty(), 2)).containsExactly(ENVIRONMENT);
        assertRemovedBy(() -> keys.updateUsage(TENANT, ENVIRONMENT, facts, EnvironmentFacts.NONE));
    }

    /// Checks that this removes the only row with one write.
    private void assertRemovedBy(Runnable removal) {
        assertThat(rows.approximateNumEntries()).isEqualTo(1);
        calls.clear();
        removal.run();
        assertThat(calls).containsExactly("put");
        assertThat(rows.approximateNumEntries()).isZero();
    }
}
