package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.removed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.TestStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A task starts again after its transaction was aborted, with the same processor and with stores that hold
/// the committed values.
class RevivedTaskTest {
    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final List<KeyValueStore<Bytes, byte[]>> stores = KeywardTopology.stores().stream()
            .map(name -> TestStores.in(context, name))
            .toList();
    private final List<Publication> published = new ArrayList<>();
    private final DecideProcessor processor = new DecideProcessor(
            new Flow(
                    TopologyHarness.NAMES,
                    1,
                    RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                    Bounds.DEFAULT,
                    () -> Instant.EPOCH),
            TestPorts.of(new FlowObserver() {
                @Override
                public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
                    published.add(publication);
                }
            }),
            CompleteState.unchecked(),
            Optional.empty());

    @BeforeEach
    void setTime() {
        context.setCurrentSystemTimeMs(0);
    }

    @Test
    void itRemembersNothingOfWhatWasRolledBack() {
        processor.init(context);
        List<Publication> first = publishedFor(clean(1, "contoso", "e1"), applied(2, "contoso", "e1", "k1"));
        assertThat(first).isNotEmpty();
        assertThat(publishedFor(applied(2, "contoso", "e1", "k1"))).isEmpty();

        processor.close();
        stores.forEach(RevivedTaskTest::rollBack);
        processor.init(context);

        assertThat(publishedFor(clean(1, "contoso", "e1"), applied(2, "contoso", "e1", "k1")))
                .isEqualTo(first);
    }

    /// As after the loss of their changelog.
    @Test
    void deadlinesThatAreLostAreFilledAgainFromTheEnvironments() {
        processor.init(context);
        publishedFor(clean(1, "contoso", "e1"), applied(2, "contoso", "e1", "k1"), removed(3, "contoso", "e1", "k1"));
        publishedFor(clean(1, "contoso", "e2"), applied(2, "contoso", "e2", "k2"), expiring(3, "contoso", "k2", "v1"));
        List<Bytes> rows = rowsOfDeadlines();
        assertThat(rows).hasSize(3);
        publishedFor(expiring(12, "contoso", "k2", "v1"));
        assertThat(rowsOfDeadlines()).as("the timer fires before it is due").isEqualTo(rows);

        processor.close();
        rollBack(deadlines());
        processor.init(context);

        assertThat(rowsOfDeadlines()).isEmpty();
        assertThat(publishedFor(removed(3, "contoso", "e1", "k1"))).isEmpty();
        assertThat(rowsOfDeadlines()).isEqualTo(rows);
    }

    private KeyValueStore<Bytes, byte[]> deadlines() {
        return context.getStateStore(Nodes.DEADLINES);
    }

    private List<Bytes> rowsOfDeadlines() {
        List<Bytes> rows = new ArrayList<>();
        deadlines().all().forEachRemaining(row -> rows.add(row.key));
        return rows;
    }

    private List<Publication> publishedFor(Event... events) {
        published.clear();
        for (Event event : events) {
            process(event);
        }
        return List.copyOf(published);
    }

    private void process(Event event) {
        OriginCoordinates origin =
                new OriginCoordinates(TopologyHarness.NAMES.name(TopologyHarness.topicOf(event)), 0, 0);
        Admitted admitted = new Admitted(event, origin, new byte[0]);
        processor.process(new Record<>(
                event.tenantId().value(), admitted, event.occurredAt().toEpochMilli()));
    }

    private static void rollBack(KeyValueStore<Bytes, byte[]> store) {
        List<Bytes> rows = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(row -> rows.add(row.key));
        }
        rows.forEach(store::delete);
    }
}
