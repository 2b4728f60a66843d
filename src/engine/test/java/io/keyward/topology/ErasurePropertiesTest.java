package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever happened to a tenant before its erasure: what comes later is decided as if nothing had.
///
/// The topologies run all histories, each with its own tenants.
class ErasurePropertiesTest {
    private static final AtomicInteger HISTORIES = new AtomicInteger();
    private static final Topologies TOPOLOGIES = new Topologies();

    /// Those with an erasure, and those without; the second ones are interrupted after each environment.
    private static final class Topologies {
        private TopologyHarness erasing;
        private TopologyHarness afresh;
        private TopologyHarness erasingSlowly;
        private TopologyHarness afreshSlowly;

        List<TopologyHarness> all() {
            return List.of(erasing, afresh, erasingSlowly, afreshSlowly);
        }
    }

    @BeforeContainer
    static void start() {
        TOPOLOGIES.erasing = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE);
        TOPOLOGIES.afresh = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE);
        TOPOLOGIES.erasingSlowly = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE, 1);
        TOPOLOGIES.afreshSlowly = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE, 1);
    }

    @AfterContainer
    static void stop() {
        TOPOLOGIES.all().forEach(TopologyHarness::close);
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Provide
    Arbitrary<List<Event>> convergent() {
        return ReportHistories.of(EventHistories.CONVERGENT, 20);
    }

    @Property(tries = 300)
    void laterEventsAreDecidedAsIfTheyWereTheFirst(
            @ForAll("any") List<Event> before, @ForAll("any") List<Event> after) {
        History history = History.of(before, after);
        given(TOPOLOGIES.erasing, history.before());
        TOPOLOGIES.erasing.given(history.erasure());
        given(TOPOLOGIES.afresh, history.beforeOfOthers());
        TOPOLOGIES.afresh.given(history.erasure()); // of a tenant of which nothing is known

        for (Event event : history.after()) {
            assertThat(withoutCoordinates(TOPOLOGIES.erasing.when(event)))
                    .isEqualTo(withoutCoordinates(TOPOLOGIES.afresh.when(event)));
        }
        assertThat(rows(TOPOLOGIES.erasing)).isEqualTo(rows(TOPOLOGIES.afresh));
    }

    /// Time events are left out: one that comes while the tenant is being erased is written again by the clock,
    /// which does not run here.
    @Property(tries = 300)
    void soAreThoseThatComeBeforeTheErasureIsDone(
            @ForAll("convergent") List<Event> before, @ForAll("convergent") List<Event> after) {
        History history = History.of(
                before,
                after.stream()
                        .filter(event -> !(event instanceof Event.TimeReached))
                        .toList());
        TopologyHarness erasing = TOPOLOGIES.erasingSlowly;
        TopologyHarness afresh = TOPOLOGIES.afreshSlowly;
        Map<String, String> readers = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        read(readers, given(erasing, history.before()));
        read(expected, given(afresh, history.beforeOfOthers()));
        read(readers, erasing.when(history.erasure()));
        read(expected, afresh.when(history.erasure()));

        int step = 0;
        for (Event event : history.after()) {
            read(readers, erasing.when(event));
            read(expected, afresh.when(event));
            step++;
            if (step % 4 == 0) {
                read(readers, erasing.afterAWhile());
            }
        }
        finish(readers, erasing);
        finish(expected, afresh);
        assertThat(readers).isEqualTo(expected);
    }

    private static void finish(Map<String, String> readers, TopologyHarness topology) {
        while (topology.fanOutsWait()) {
            read(readers, topology.afterAWhile());
        }
    }

    /// What readers know in the end, whatever came in between: decisions, open warnings and suppressed sinks.
    private static void read(Map<String, String> readers, List<Publication> published) {
        for (Publication publication : published) {
            switch (publication) {
                case Publication.OfDecision p ->
                    readers.put(p.key(), p.decision() + " " + p.openWarnings() + " " + p.suppressedSinks());
                case Publication.Retraction p -> readers.remove(p.key());
                case Publication.OfWarning _, Publication.OfSignal _ -> {}
            }
        }
    }

    /// Two histories with tenants of no other try.
    private record History(List<Event> before, List<Event> after, TenantId tenant) {
        static History of(List<Event> before, List<Event> after) {
            String suffix = "-" + HISTORIES.incrementAndGet();
            return new History(ofItsOwn(before, suffix), ofItsOwn(after, suffix), new TenantId("contoso" + suffix));
        }

        private static List<Event> ofItsOwn(List<Event> events, String suffix) {
            return events.stream()
                    .map(event -> Facts.ofTenant(event.tenantId() + suffix, event))
                    .toList();
        }

        Event erasure() {
            return new Event.TenantErased(tenant, new Stamp(Facts.day(50), new EventId("erase")));
        }

        List<Event> beforeOfOthers() {
            return before.stream()
                    .filter(event -> !event.tenantId().equals(tenant))
                    .toList();
        }
    }

    private static List<Publication> given(TopologyHarness topology, List<Event> events) {
        return topology.when(events.toArray(Event[]::new));
    }

    private static List<String> rows(TopologyHarness topology) {
        List<String> rows = new ArrayList<>();
        KeywardTopology.stores()
                .forEach(store -> topology.rowsOf(store).stream()
                        .filter(row -> !row.startsWith(STATE_DIGEST)) // it covers incidents too
                        .map(row -> withoutCoordinates(read(store, row)))
                        .forEach(rows::add));
        return rows;
    }

    private static final String TENANT = "01";
    private static final String STATE_DIGEST = "06=";

    /// Incidents stand in the rows of environments and of tenants.
    private static String read(String store, String row) {
        int value = row.indexOf('=') + 1;
        Function<StateCodec<?>, String> as =
                codec -> row.substring(0, value) + codec.read(HexFormat.of().parseHex(row.substring(value)));
        if (store.equals(Nodes.ENVIRONMENTS)) {
            return as.apply(StateCodec.ENVIRONMENTS);
        }
        return store.equals(Nodes.TENANTS) && row.startsWith(TENANT) ? as.apply(StateCodec.TENANTS) : row;
    }

    /// Offsets differ, because one more history was read.
    private static List<String> withoutCoordinates(List<Publication> published) {
        return published.stream()
                .map(publication -> withoutCoordinates(publication.toString()))
                .toList();
    }

    private static String withoutCoordinates(String text) {
        return text.replaceAll("offset=\\d+", "").replaceAll("(id=[A-Z_]+:\\d+:[^,]*-\\d+)-\\d+", "$1");
    }
}
