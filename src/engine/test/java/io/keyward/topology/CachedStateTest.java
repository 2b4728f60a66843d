package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EventHistories;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The number of cached rows changes nothing that is published or stored: none, so few that they constantly
/// evict each other, or all.
class CachedStateTest {
    /// Half of it is for keys: room for one or two.
    private static final long FEW = 2 * 300;

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 40);
    }

    @Property(tries = 150)
    void makeNoDifference(@ForAll("any") List<Event> events) {
        try (TopologyHarness none = start(0);
                TopologyHarness few = start(FEW);
                TopologyHarness all = start(Bounds.DEFAULT_CACHED_BYTES)) {
            for (Event event : events) {
                List<Publication> expected = none.when(event);
                assertThat(few.when(event)).isEqualTo(expected);
                assertThat(all.when(event)).isEqualTo(expected);
            }
            while (none.fanOutsWait()) {
                List<Publication> expected = none.afterAWhile();
                assertThat(few.afterAWhile()).isEqualTo(expected);
                assertThat(all.afterAWhile()).isEqualTo(expected);
            }
            for (String store : KeywardTopology.stores()) {
                List<String> expected = none.rowsOf(store);
                assertThat(few.rowsOf(store)).isEqualTo(expected);
                assertThat(all.rowsOf(store)).isEqualTo(expected);
            }
        }
    }

    /// At most two environments per budget, so that other events are decided in between.
    private static TopologyHarness start(long cachedBytes) {
        Bounds others = Bounds.DEFAULT;
        Bounds bounds = new Bounds(
                others.minTime(),
                others.maxFuture(),
                FanOutLimits.upTo(2),
                others.records(),
                others.refusals(),
                cachedBytes,
                others.progressInterval());
        return TopologyHarness.start(bounds, FlowObserver.NONE);
    }
}
