package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Whatever is decided, the state digest that is committed with it matches the stores.
class StateDigestPropertiesTest {
    private static TopologyHarness topology;

    @BeforeContainer
    static void start() {
        topology = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE, 1);
    }

    @AfterContainer
    static void stop() {
        topology.close();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Property(tries = 200)
    void theDigestFollowsEveryWrite(@ForAll("histories") List<Event> history) {
        for (Event event : history) {
            topology.given(event);
            assertThat(written()).isEqualTo(counted());
        }
        topology.given(
                new Event.TenantErased(new TenantId("contoso"), new Stamp(Facts.day(100), new EventId("erase"))));
        topology.afterAWhile();
        assertThat(written()).isEqualTo(counted());
    }

    private static Map<String, RowDigest> written() {
        StateDigest stateDigest =
                StateDigest.of(KeywardTopology.stores(), topology::store).orElseThrow();
        return stateDigest.stored().map(stateDigest::decode).orElseThrow();
    }

    private static Map<String, RowDigest> counted() {
        Map<String, RowDigest> counted = new HashMap<>();
        for (String name : KeywardTopology.stores()) {
            RowDigest digest = RowDigest.NONE;
            try (KeyValueIterator<Bytes, byte[]> rows = topology.store(name).all()) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    digest = row.key.equals(Bytes.wrap(StateDigest.row()))
                            ? digest
                            : digest.with(row.key.get(), row.value);
                }
            }
            counted.put(name, digest);
        }
        return counted;
    }

    @Property
    void aDigestDiffersForEveryOtherRowButNotForAnotherOrder(
            @ForAll List<byte[]> keys, @ForAll byte[] key, @ForAll byte[] value, @ForAll byte[] other) {
        RowDigest before = RowDigest.NONE;
        for (byte[] one : keys) {
            before = before.with(one, value);
        }
        RowDigest after = before.with(key, value);
        assertThat(after).isNotEqualTo(before);
        assertThat(after.without(key, value)).isEqualTo(before);
        assertThat(after.equals(before.with(key, other))).isEqualTo(Arrays.equals(value, other));
        assertThat(before.with(key, other).with(other, key))
                .isEqualTo(before.with(other, key).with(key, other));
    }
}
