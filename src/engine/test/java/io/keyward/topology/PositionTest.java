package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    private static final int TOPICS = Topic.readByTheProcessor().size();

    @Test
    void itsTextIsThePartitionAndTheNextOffsetOfEachTopicInTheirOrder() {
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        next.put(Topic.POLICY_APPLIED, 1042L);
        next.put(Topic.REROUTED, 7L);
        Position position = Position.of(3, next);
        String between = ",0".repeat(TOPICS - 2);
        assertThat(position).hasToString("3:1042" + between + ",7");
        assertThat(position.next(Topic.POLICY_APPLIED)).isEqualTo(1042);
        assertThat(position.next(Topic.KEY_REVOKED)).isZero();
        assertThat(position.next(Topic.REROUTED)).isEqualTo(7);
    }

    @Test
    void aTextIsReadAsItWasWritten() {
        Position position = new Position(
                11,
                IntStream.range(0, TOPICS)
                        .mapToObj(index -> Long.MAX_VALUE - index)
                        .toList());
        assertThat(Position.parse(position.toString())).contains(position);
        assertThat(Position.parse(Position.start(0).toString())).contains(Position.start(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "3", "3:", "3:1,2", "x:%s", "3:%s,1", "-1:%s", "3:-1%s", "%s", "3:x%s", "3:9%s9"})
    void anythingElseIsNotAPosition(String text) {
        String zeros = Collections.nCopies(TOPICS, "0").stream().collect(Collectors.joining(","));
        assertThat(Position.parse(text.replace("9%s9", "99999999999999999999" + zeros.substring(1))
                        .replace("1%s", "1" + zeros.substring(1))
                        .replace("x%s", "x" + zeros.substring(1))
                        .replace("%s", zeros)))
                .isEmpty();
    }

    @Test
    void theLastHeaderOfItsNameCounts() {
        RecordHeaders headers = new RecordHeaders();
        assertThat(Position.of(headers)).isEmpty();
        headers.add(Position.HEADER, "forged".getBytes(StandardCharsets.UTF_8));
        headers.add(Position.HEADER, Position.start(4).toString().getBytes(StandardCharsets.UTF_8));
        assertThat(Position.of(headers)).contains(Position.start(4));
        headers.add(Position.HEADER, null);
        assertThat(Position.of(headers)).isEqualTo(Optional.empty());
    }

    @Test
    void aTopicThatTheTopologyDoesNotReadHasNoOffset() {
        assertThatThrownBy(() -> Position.start(0).next(Topic.WARNINGS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProcessorWritesTheSameText() {
        TaskPosition position =
                new TaskPosition(Position.of(3, Map.of(Topic.KEY_ROTATED, 12_345L)), TopologyHarness.NAMES);
        assertThat(Position.of(new RecordHeaders(List.of(position.header()))))
                .contains(Position.of(3, Map.of(Topic.KEY_ROTATED, 12_345L)));
        assertThat(position.header()).isSameAs(position.header());
    }
}
