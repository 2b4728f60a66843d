package io.keyward.topology;

import io.keyward.domain.Explanation;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.topology.store.TestStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// A task that can start again, with other rules and with the stores that it has left.
final class RestartableTask {
    /// Whatever the load of the machine, one batch of a fan-out reaches everything.
    private static final Bounds BOUNDS = Bounds.DEFAULT.withFanOut(FanOutLimits.unbounded());

    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private final List<Publication> publications = new ArrayList<>();
    private final RefusingContext<String, byte[]> context = new RefusingContext<>();
    private final FlowObserver observer;
    private DecideProcessor processor;

    /// @param observer receives only proofs
    RestartableTask(FlowObserver observer) {
        this.observer = observer;
        KeywardTopology.stores().forEach(name -> stores.put(name, TestStores.in(context, name)));
        context.setCurrentSystemTimeMs(0);
    }

    void start(RuleProfile profile) {
        processor = new DecideProcessor(
                new Flow(TopologyHarness.NAMES, 1, profile, BOUNDS, () -> Instant.EPOCH),
                TestPorts.of(new FlowObserver() {
                    @Override
                    public void published(
                            Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
                        publications.add(publication);
                    }

                    @Override
                    public void proven(Duration sinceDesired) {
                        observer.proven(sinceDesired);
                    }
                }),
                CompleteState.unchecked(),
                Optional.empty());
        processor.init(context);
        published();
    }

    void process(Event event) {
        OriginCoordinates origin =
                new OriginCoordinates(TopologyHarness.NAMES.name(TopologyHarness.topicOf(event)), 0, 0);
        processor.process(new Record<>(
                event.tenantId().value(),
                new Admitted(event, origin, new byte[0]),
                event.occurredAt().toEpochMilli()));
    }

    void refuseToPublish() {
        context.refusing = true;
    }

    /// What was published since the last call.
    List<Publication> published() {
        List<Publication> some = List.copyOf(publications);
        publications.clear();
        return some;
    }

    KeyValueStore<Bytes, byte[]> store(String name) {
        return stores.get(name);
    }

    List<String> rows() {
        List<String> rows = new ArrayList<>();
        KeywardTopology.stores().forEach(name -> {
            try (KeyValueIterator<Bytes, byte[]> all = stores.get(name).all()) {
                all.forEachRemaining(
                        row -> rows.add(name + row.key + HexFormat.of().formatHex(row.value)));
            }
        });
        return rows;
    }

    private static final class RefusingContext<K, V> extends MockProcessorContext<K, V> {
        private boolean refusing;

        @Override
        public <F extends K, S extends V> void forward(Record<F, S> record, String node) {
            if (refusing) {
                throw new IllegalStateException("refused");
            }
        }
    }
}
