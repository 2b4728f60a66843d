package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.removed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An erasure continues after a restart, and is not complete while a time event is in flight.
class InterruptedErasureTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    /// Until then the key is retained that was left on day 3.
    private static final Instant DUE = day(33);

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final List<KeyValueStore<Bytes, byte[]>> stores = KeywardTopology.stores().stream()
            .map(name -> TestStores.in(context, name))
            .toList();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final DecideProcessor processor = new DecideProcessor(
            new Flow(
                    TopologyHarness.NAMES,
                    1,
                    RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                    Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(2)),
                    now::get),
            TestPorts.of(FlowObserver.NONE),
            CompleteState.unchecked(),
            Optional.empty());

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
    }

    @Test
    void itIsContinuedAfterARestartAndSparesWhatCameSince() {
        IntStream.range(0, 7).forEach(i -> process(clean(1, "contoso", "e" + i)));
        process(erasure());
        restart();
        process(clean(2, "contoso", "e6"));
        restart();
        assertThat(written(Topic.ERASURES)).isZero();

        IntStream.range(0, 7).forEach(_ -> tick());

        assertThat(written(Topic.ERASURES)).isEqualTo(1);
        assertThat(storesWithRows()).containsExactly("environments");
    }

    /// R15: no sink may get what is older than the erasure, also of an environment that comes after a restart.
    @Test
    void afterARestartTheErasureIsPublishedForTheSinks() {
        process(clean(1, "contoso", "e0"));
        process(erasure());
        IntStream.range(0, 3).forEach(_ -> tick());
        assertThat(written(Topic.ERASURES)).isEqualTo(1);
        restart();

        process(clean(10, "contoso", "e1"));

        assertThat(written(Topic.ANALYTICS_SUPPRESSIONS))
                .isEqualTo(RuleProfiles.sinks(RuleProfiles.DEFAULT).size());
    }

    /// Otherwise the event would bring back a row about the tenant.
    @Test
    void itWaitsForATimeEventThatIsUnderWay() {
        leaveKey();
        now.set(DUE);
        tick();
        assertThat(written(Topic.TIME_REACHED)).isEqualTo(1);

        process(erasure());
        tick();
        assertThat(written(Topic.ERASURES)).isZero();
        process(new Event.TimeReached(CONTOSO, DUE));
        tick();

        assertThat(written(Topic.ERASURES)).isEqualTo(1);
        assertThat(storesWithRows()).isEmpty();
    }

    @Test
    void whatIsDueInASparedEnvironmentComesAfterwards() {
        IntStream.range(0, 7).forEach(i -> process(clean(1, "contoso", "e" + i)));
        process(erasure());
        leaveKey();
        now.set(DUE);
        tick();
        assertThat(written(Topic.TIME_REACHED)).isZero();

        IntStream.range(0, 7).forEach(_ -> tick());

        assertThat(written(Topic.ERASURES)).isEqualTo(1);
        assertThat(written(Topic.TIME_REACHED)).isEqualTo(1);
    }

    private void leaveKey() {
        process(clean(1, "contoso", "e5"));
        process(applied(2, "contoso", "e5", "k1"));
        process(removed(3, "contoso", "e5", "k1"));
    }

    private static Event.TenantErased erasure() {
        return new Event.TenantErased(CONTOSO, new Stamp(day(9), new EventId("erase")));
    }

    private void restart() {
        processor.close();
        processor.init(context);
    }

    private void process(Event event) {
        processor.process(new Record<>(
                event.tenantId().value(),
                new Admitted(event, new OriginCoordinates("cmk.any", 0, 1), new byte[0]),
                event.occurredAt().toEpochMilli()));
    }

    /// Lets everything that was scheduled at the last start run once.
    private void tick() {
        List<MockProcessorContext.CapturedPunctuator> scheduled = context.scheduledPunctuators();
        scheduled
                .subList(scheduled.size() - 3, scheduled.size())
                .forEach(each -> each.getPunctuator().punctuate(now.get().toEpochMilli()));
    }

    private int written(Topic topic) {
        return context.forwarded(Nodes.write(topic)).size();
    }

    /// The names of the stores with rows of the tenant, one for each row.
    private List<String> storesWithRows() {
        return IntStream.range(0, stores.size())
                .boxed()
                .flatMap(i -> keys(stores.get(i)).stream()
                        .filter(key -> key.contains("contoso"))
                        .map(_ -> KeywardTopology.stores().get(i)))
                .toList();
    }

    private static List<String> keys(KeyValueStore<Bytes, byte[]> store) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
            rows.forEachRemaining(row -> keys.add(new String(row.key.get(), StandardCharsets.ISO_8859_1)));
        }
        return keys;
    }
}
