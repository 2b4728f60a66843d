package io.keyward.topology;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Explanation;
import io.keyward.domain.Facts;
import io.keyward.domain.Folded;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// The topology, with its stores, fan-out and queue, publishes the same as the plain model of the whole
/// process, and nothing about a tenant because of another one.
///
/// One topology runs all histories, each with its own tenants.
class ReferenceModelTest {
    private static final int TRIES = 1_000;

    private static final RuleProfile REPORT = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
    private static final RuleProfile REQUIRE = Profiles.MIGRATE.with(RuleProfile.Evidence.REQUIRE);

    private static final AtomicInteger HISTORIES = new AtomicInteger();
    private static final List<Publication> PUBLISHED = new ArrayList<>();
    private static final Topologies TOPOLOGIES = new Topologies();

    /// One that reaches all environments at once, and one that is interrupted after each environment.
    private static final class Topologies {
        private TopologyHarness uninterrupted;
        private TopologyHarness interrupted;
    }

    @BeforeContainer
    static void start() {
        FlowObserver observer = new FlowObserver() {
            @Override
            public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
                PUBLISHED.add(publication);
            }
        };
        TOPOLOGIES.uninterrupted = TopologyHarness.start(REPORT, observer);
        TOPOLOGIES.interrupted = TopologyHarness.start(REQUIRE, observer, 1);
    }

    @AfterContainer
    static void stop() {
        TOPOLOGIES.uninterrupted.close();
        TOPOLOGIES.interrupted.close();
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return EventHistories.repeating(ReportHistories.of(EventHistories.ALL, 24));
    }

    @Provide
    Arbitrary<List<Event>> convergent() {
        return EventHistories.repeating(ReportHistories.of(EventHistories.CONVERGENT, 20));
    }

    /// The events, with tenants of no other history.
    private static List<Event> ofItsOwn(List<Event> events) {
        int history = HISTORIES.incrementAndGet();
        return events.stream()
                .map(event -> Facts.ofTenant(event.tenantId() + "-" + history, event))
                .toList();
    }

    @Property(tries = TRIES)
    void readersBelieveWhatTheModelSaysAfterEveryEvent(@ForAll("any") List<Event> events) {
        ReferenceModel model = new ReferenceModel(REPORT);
        Folded reader = new Folded();
        for (Event event : ofItsOwn(events)) {
            model.accept(event);
            reader.read(publishedBy(TOPOLOGIES.uninterrupted, event));
            model.tenants().forEach(reader::believes);
        }
    }

    @Property(tries = TRIES)
    void fanOutsThatAreInterruptedEndInTheSame(@ForAll("convergent") List<Event> events) {
        ReferenceModel model = new ReferenceModel(REQUIRE);
        Folded reader = new Folded();
        for (Event event : ofItsOwn(events)) {
            model.accept(event);
            reader.read(publishedBy(TOPOLOGIES.interrupted, event));
        }
        reader.read(publishedInTheEnd(TOPOLOGIES.interrupted));
        model.tenants().forEach(reader::believes);
    }

    private static List<Publication> publishedBy(TopologyHarness topology, Event event) {
        PUBLISHED.clear();
        topology.given(event);
        return List.copyOf(PUBLISHED);
    }

    private static List<Publication> publishedInTheEnd(TopologyHarness topology) {
        PUBLISHED.clear();
        while (topology.fanOutsWait()) {
            topology.afterAWhile();
        }
        return List.copyOf(PUBLISHED);
    }
}
