package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every output contains in `keyward.position` which records it is based on.
class PublishedPositionsTest {
    private TopologyHarness topology = TopologyHarness.start();

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void anOutputRestsOnAllThatWasDecidedBeforeItAndOnItsCause() {
        topology.given(clean(1, "contoso", "hr"), clean(1, "contoso", "it"), revoked(2, "fabrikam", "k9"));
        topology.send(applied(2, "contoso", "hr", "k1"));
        Position expected =
                Position.of(0, Map.of(Topic.ENVIRONMENT_CHANGED, 2L, Topic.KEY_REVOKED, 1L, Topic.POLICY_APPLIED, 1L));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS)).containsExactly(expected);
        assertThat(positions(Topic.ANALYTICS_SUPPRESSIONS)).containsExactly(expected, expected, expected);
    }

    @Test
    void refusedRecordsMoveIt() {
        topology.given(clean(1, "contoso", "hr"));
        topology.receive(
                Topic.ENVIRONMENT_CHANGED, new TestRecord<>(null, "no event".getBytes(StandardCharsets.UTF_8)));
        topology.receive(Topic.KEY_REVOKED, new TestRecord<>(null, null));
        assertThat(topology.deadLetters()).hasSize(2);
        topology.send(applied(2, "contoso", "hr", "k1"));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS))
                .containsExactly(Position.of(
                        0, Map.of(Topic.ENVIRONMENT_CHANGED, 2L, Topic.KEY_REVOKED, 1L, Topic.POLICY_APPLIED, 1L)));
        topology.send(clean(3, "contoso", "it"));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS))
                .containsExactly(Position.of(
                        0, Map.of(Topic.ENVIRONMENT_CHANGED, 3L, Topic.KEY_REVOKED, 1L, Topic.POLICY_APPLIED, 1L)));
    }

    @Test
    void aFanOutThatIsContinuedLaterHasThePositionOfThatMoment() {
        topology.close();
        topology = TopologyHarness.start(1);
        topology.given(applied(2, "contoso", "a", "k1"), applied(2, "contoso", "b", "k1"));
        topology.send(revoked(3, "contoso", "k1"));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS))
                .containsExactly(Position.of(0, Map.of(Topic.POLICY_APPLIED, 2L, Topic.KEY_REVOKED, 1L)));
        topology.given(clean(1, "fabrikam", "hr"));
        topology.clockSays(day(1));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS))
                .containsExactly(Position.of(
                        0, Map.of(Topic.POLICY_APPLIED, 2L, Topic.KEY_REVOKED, 1L, Topic.ENVIRONMENT_CHANGED, 1L)));
    }

    @Test
    void timeEventsCarryItToo() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), removed(3, "contoso", "hr", "k1"));
        topology.clockSays(day(34));
        assertThat(positions(Topic.TIME_REACHED)).containsExactly(position(1, 1, 1, 0));
        assertThat(positions(Topic.ENCRYPTION_DECISIONS)).containsExactly(position(1, 1, 1, 1));
    }

    private static Position position(long changed, long applied, long removed, long time) {
        return Position.of(
                0,
                Map.of(
                        Topic.ENVIRONMENT_CHANGED, changed,
                        Topic.POLICY_APPLIED, applied,
                        Topic.POLICY_REMOVED, removed,
                        Topic.TIME_REACHED, time));
    }

    private List<Position> positions(Topic topic) {
        return topology.rawOutput(topic).stream()
                .map(record -> {
                    assertThat(record.headers().headers(Position.HEADER)).hasSize(1);
                    return Position.of(record.headers()).orElseThrow();
                })
                .toList();
    }
}
