package io.keyward.topology.store;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.StoreReader.PartitionReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What can be read of keys from outside the topology.
class ActiveKeysTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private final TopologyHarness topology = TopologyHarness.start();
    private final ActiveKeys keys = new ActiveKeys(topology.stores(), 1);

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void aKeyIsInUseOncePerTenantHoweverManyEnvironmentsUseIt() {
        topology.given(
                applied(1, "contoso", "hr", "k1"),
                applied(1, "contoso", "sales", "k1"),
                applied(1, "fabrikam", "shop", "k1"),
                clean(1, "fabrikam", "store"));
        assertThat(inUse(day(10))).containsExactlyInAnyOrder(inUse("contoso", "k1"), inUse("fabrikam", "k1"));
    }

    @Test
    void aKeyWithoutAnyEventOfItsOwnIsInUseToo() {
        topology.given(applied(1, "contoso", "hr", "k1"));
        assertThat(inUse(day(10))).containsExactly(inUse("contoso", "k1"));
        assertThat(keys.facts(CONTOSO, key("k1"))).contains(KeyFacts.NONE);
    }

    @Test
    void aKeyThatNoEnvironmentDependsOnAnyMoreIsNotInUse() {
        topology.given(
                applied(1, "contoso", "hr", "k1"), removed(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k2"));
        assertThat(inUse(day(10))).containsExactly(inUse("contoso", "k1"));
        assertThat(inUse(day(50))).isEmpty();
    }

    @Test
    void factsAreThoseOfTheTenantsKey() {
        topology.given(revoked(3, "contoso", "k1"));
        assertThat(keys.facts(CONTOSO, key("k1")).orElseThrow().openRevocations())
                .hasSize(1);
        assertThat(keys.facts(new TenantId("fabrikam"), key("k1"))).contains(KeyFacts.NONE);
    }

    @Test
    void theListenerIsCalledWhenTheKeysOfAPartitionAreReadAndFindsThem() {
        topology.given(applied(1, "contoso", "hr", "k1"));
        List<Optional<Set<TenantKeyReference>>> found = new ArrayList<>();
        keys.whenRead(() -> found.add(keys.inUse(0)));
        PartitionReader reader = keys.begin(0, day(10));
        topology.stores().environments(0).orElseThrow().forEach(reader::environment);
        assertThat(keys.inUse(0)).isEmpty();
        reader.complete();
        assertThat(found).containsExactly(Optional.of(Set.of(inUse("contoso", "k1"))));
    }

    @Test
    void theKeysOfAPartitionThatWasRevokedAreRemoved() {
        keys.begin(0, day(10)).complete();
        keys.serving(Set.of(0));
        assertThat(keys.inUse(0)).isPresent();
        keys.serving(Set.of(1));
        assertThat(keys.inUse(0)).isEmpty();
    }

    private Set<TenantKeyReference> inUse(Instant moment) {
        return inUse(topology.stores(), moment);
    }

    private static Set<TenantKeyReference> inUse(ActiveStores stores, Instant moment) {
        ActiveKeys keys = new ActiveKeys(stores, 1);
        PartitionReader reader = keys.begin(0, moment);
        stores.environments(0).orElseThrow().forEach(reader::environment);
        reader.complete();
        return keys.inUse(0).orElseThrow();
    }

    private static TenantKeyReference inUse(String tenant, String key) {
        return new TenantKeyReference(new TenantId(tenant), new KeyReference(key(key), Optional.empty()));
    }
}
