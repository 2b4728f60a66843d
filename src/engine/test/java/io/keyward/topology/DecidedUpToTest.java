package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.retainsUntil;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.decision.Progress;
import io.keyward.domain.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// R33: up to when a partition is decided.
class DecidedUpToTest {
    private static final Instant NOW = day(40);

    private TopologyHarness topology = TopologyHarness.start(1);
    private Instant clock = NOW;

    @AfterEach
    void close() {
        topology.close();
    }

    /// Adds the ends of the inputs, queried at that time.
    private void ends(Instant queriedAt, Map<Topic, Long> ends) {
        Map<Topic, Long> all = new EnumMap<>(Topic.class);
        Topic.readByTheProcessor().forEach(topic -> all.put(topic, ends.getOrDefault(topic, 0L)));
        topology.tasks().ends().add(0, queriedAt, all);
    }

    private Progress next() {
        clock = clock.plusSeconds(5);
        topology.clockSays(clock);
        return topology.progress().getLast();
    }

    private void decided(Instant queriedAt) {
        assertThat(next().getDecidedUpTo()).isEqualTo(queriedAt.minusSeconds(1));
    }

    private void notDecided() {
        assertThat(next().getDecidedUpTo()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void itIsSaidAtEachIntervalAlsoIfNothingIsKnown() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));

        Progress published = next();

        assertThat(published)
                .isEqualTo(new Progress(
                        0,
                        1,
                        Instant.EPOCH,
                        Position.of(0, Map.of(Topic.ENVIRONMENT_CHANGED, 1L, Topic.POLICY_APPLIED, 1L))
                                .toString(),
                        "keyward-test"));
        assertThat(next()).isEqualTo(published);
    }

    @Test
    void whatWasThereWhenTheEndsWereAskedIsDecided() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        ends(NOW, Map.of(Topic.ENVIRONMENT_CHANGED, 1L, Topic.POLICY_APPLIED, 1L));

        decided(NOW);
    }

    @Test
    void aRecordBeforeTheEndHoldsItBack() {
        topology.given(clean(1, "contoso", "hr"));
        ends(NOW, Map.of(Topic.ENVIRONMENT_CHANGED, 1L, Topic.POLICY_APPLIED, 1L));
        notDecided();

        topology.given(applied(2, "contoso", "hr", "k1"));
        decided(NOW);
    }

    @Test
    void theLatestEndsThatAreReachedCount() {
        topology.given(clean(1, "contoso", "hr"));
        ends(NOW, Map.of(Topic.ENVIRONMENT_CHANGED, 1L));
        ends(NOW.plusSeconds(1), Map.of(Topic.ENVIRONMENT_CHANGED, 1L));
        ends(NOW.plusSeconds(2), Map.of(Topic.ENVIRONMENT_CHANGED, 2L));
        decided(NOW.plusSeconds(1));

        topology.given(clean(3, "contoso", "hr"));
        decided(NOW.plusSeconds(2));
    }

    @Test
    void refusedRecordsAreDone() {
        topology.receive(Topic.KEY_REVOKED, new TestRecord<>(null, "no event".getBytes(StandardCharsets.UTF_8)));
        ends(NOW, Map.of(Topic.KEY_REVOKED, 1L));

        decided(NOW);
    }

    @Test
    void anUnfinishedFanOutOfARecordBeforeHoldsItBack() {
        topology.given(applied(2, "contoso", "a", "k1"), applied(2, "contoso", "b", "k1"));
        topology.given(applied(2, "contoso", "c", "k1"), revoked(3, "contoso", "k1"));
        assertThat(topology.fanOutsWait()).isTrue();
        ends(NOW, Map.of(Topic.POLICY_APPLIED, 3L, Topic.KEY_REVOKED, 1L));
        ends(NOW.minusSeconds(9), Map.of(Topic.POLICY_APPLIED, 3L));
        topology.clockSays(clock.minusSeconds(10));
        topology.progress();
        assertThat(topology.fanOutsWait()).isTrue();

        decided(NOW.minusSeconds(9));
        while (topology.fanOutsWait()) {
            topology.afterAWhile();
        }
        decided(NOW);
    }

    @Test
    void whatHasFallenDueHoldsItBackUntilItIsDecided() {
        List<Event> events = retainsUntil(NOW.minusSeconds(10), "contoso", "hr");
        topology.given(events.toArray(Event[]::new));
        Map<Topic, Long> read =
                Map.of(Topic.ENVIRONMENT_CHANGED, 1L, Topic.POLICY_APPLIED, 1L, Topic.POLICY_REMOVED, 1L);
        topology.clockSays(NOW.minusSeconds(11));
        ends(NOW.minusSeconds(10), read);
        ends(NOW, read);

        Instant before = next().getDecidedUpTo();

        assertThat(before).isEqualTo(NOW.minusSeconds(11));
    }

    @Test
    void itNeverSaysLess() {
        ends(NOW, Map.of());
        decided(NOW);
        ends(NOW.minusSeconds(100), Map.of());
        decided(NOW);
    }

    /// As a release publishes that uses its own clock, which is ahead.
    @Test
    void whatHasNotComeIsNotRepeatedOnceSomethingIsKnown() {
        ends(NOW, Map.of());
        decided(NOW);
        Instant brokers = NOW.minusSeconds(120);
        topology.tasks().time().acknowledged(0, brokers);
        decided(NOW);

        ends(brokers, Map.of());
        decided(brokers);
    }

    @Test
    void itAdvancesPastTheEndsOfTransactions() {
        topology.given(clean(1, "contoso", "hr"));
        ends(NOW, Map.of(Topic.ENVIRONMENT_CHANGED, 2L));
        notDecided();

        PolledOffsetsTest.poll(topology.tasks().polled(), "cmk.environment-changed", 0, 2);
        Progress published = next();

        assertThat(published.getDecidedUpTo()).isEqualTo(NOW.minusSeconds(1));
        assertThat(published.getPositions())
                .isEqualTo(Position.of(0, Map.of(Topic.ENVIRONMENT_CHANGED, 2L)).toString());
    }

    @Test
    void itStaysBehindTheEndOfATransactionWhileTheNextRecordWaits() {
        topology.given(clean(1, "contoso", "hr"));
        PolledOffsetsTest.poll(topology.tasks().polled(), "cmk.environment-changed", 0, 2);
        String before = next().getPositions();

        PolledOffsetsTest.poll(topology.tasks().polled(), "cmk.environment-changed", 2, 4);

        assertThat(next().getPositions()).isEqualTo(before);
    }
}
