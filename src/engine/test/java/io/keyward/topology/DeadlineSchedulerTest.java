package io.keyward.topology;

import static io.keyward.topology.Events.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TestStores;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/// Which events are written while those written before have not been read yet.
class DeadlineSchedulerTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final Map<String, KeyValueStore<Bytes, byte[]>> rows = new HashMap<>();
    private final TaskStores stores = TaskStores.of(name -> rows.computeIfAbsent(name, TestStores::named), 0);
    private final DeadlineScheduler scheduler = new DeadlineScheduler(
            stores,
            new PublicationForwarder(
                    context,
                    PublicationForwarder.destinations(TopologyHarness.NAMES),
                    TestPorts.of(FlowObserver.NONE).writers().get(),
                    TestPorts.of(FlowObserver.NONE),
                    new TaskPosition(Position.start(0), TopologyHarness.NAMES),
                    false),
            new HashMap<>());

    @Test
    void anEventThatWaitsToBeReadIsNotWrittenAgain() {
        due("a", day(3));
        assertThat(writtenAt(day(3))).isEqualTo(1);
        assertThat(writtenAt(day(3).plusSeconds(30))).isZero();
    }

    @Test
    void anEventThatIsLostOrRefusedIsWrittenAgain() {
        due("a", day(3));
        writtenAt(day(3));
        assertThat(writtenAt(day(3).plusSeconds(61))).isEqualTo(1);
    }

    @Test
    void aClockThatJumpsBackWritesNothingTwice() {
        due("a", day(3));
        writtenAt(day(3));
        assertThat(writtenAt(day(2))).isZero();
        assertThat(writtenAt(day(3).plusMillis(1))).isZero();
    }

    @Test
    void whatBecomesDueMeanwhileIsWrittenToo() {
        due("a", day(3));
        writtenAt(day(3));
        due("b", day(3).plusSeconds(1));
        assertThat(writtenAt(day(3).plusSeconds(2))).isEqualTo(1);
    }

    @Test
    void whatAWrittenEventReachesNeedsNoOther() {
        due("a", day(3));
        writtenAt(day(3));
        due("b", day(2));
        assertThat(writtenAt(day(3).plusSeconds(1))).isZero();
    }

    /// A row that stands although the time has been reached waits for its fan-out.
    @Test
    void whatAFanOutWillReachNeedsNoEvent() {
        due("a", day(3));
        stores.tenants().put(CONTOSO, TenantState.NONE.with(new Event.TimeReached(CONTOSO, day(4))));
        assertThat(writtenAt(day(5))).isZero();
    }

    @Test
    void anEventThatWasReadNoLongerWaits() {
        due("a", day(3));
        writtenAt(day(3));
        scheduler.read(new Event.TimeReached(CONTOSO, day(3)));
        due("b", day(3).plusMillis(5));
        assertThat(writtenAt(day(3).plusMillis(5))).isEqualTo(2);
    }

    /// Even a million moments that are due at once are written in bounded steps.
    @Test
    void noMoreThanAThousandEventsWaitToBeRead() {
        for (int i = 0; i < 3_000; i++) {
            due("e" + i, day(3).plusMillis(i));
        }
        assertThat(writtenAt(day(4))).isEqualTo(1_000);
        assertThat(writtenAt(day(4).plusSeconds(1))).isZero();
        for (int i = 0; i < 400; i++) {
            decided("e" + i, day(3).plusMillis(i));
        }
        assertThat(writtenAt(day(4).plusSeconds(2))).isEqualTo(400);
    }

    private void due(String environment, Instant at) {
        stores.deadlines().move(CONTOSO, new EnvironmentId(environment), Optional.empty(), Optional.of(at));
    }

    private void decided(String environment, Instant at) {
        stores.deadlines().move(CONTOSO, new EnvironmentId(environment), Optional.of(at), Optional.empty());
    }

    private int writtenAt(Instant now) {
        scheduler.writeDue(now, _ -> false);
        List<? extends MockProcessorContext.CapturedForward<?, ?>> forwarded = context.forwarded();
        assertThat(forwarded)
                .allSatisfy(forward -> assertThat(forward.record().timestamp()).isEqualTo(now.toEpochMilli()));
        context.resetForwards();
        return forwarded.size();
    }
}
