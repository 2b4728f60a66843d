package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The header is trusted only on a topic that the product alone writes, and only if it names a topic with events.
class OriginCoordinatesTest {
    private static final TopicNames NAMES = TopologyHarness.NAMES;

    static Stream<Topic> allButRerouted() {
        return Arrays.stream(Topic.values()).filter(topic -> topic != Topic.REROUTED);
    }

    static Stream<Topic> allWithoutEvents() {
        return Arrays.stream(Topic.values()).filter(topic -> !Topics.events().contains(topic));
    }

    @ParameterizedTest
    @MethodSource("allButRerouted")
    void aProducersHeaderSaysNothingOfTheTopicThatItsRecordIsReadFrom(Topic readFrom) {
        assertThat(originOf(readFrom, header("cmk.key-revoked/5/77"))).isEqualTo(here(readFrom));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"POLICY_APPLIED", "KEY_REVOKED", "ENVIRONMENT_CHANGED", "TENANT_LIMIT_CHANGED", "TIME_REACHED"})
    void aReroutedRecordIsFromTheTopicThatItsHeaderNames(Topic input) {
        OriginCoordinates origin = new OriginCoordinates(NAMES.name(input), 5, 77L);
        RecordHeaders headers = new RecordHeaders();
        headers.add(OriginCoordinates.HEADER, origin.asHeader());
        assertThat(originOf(Topic.REROUTED, headers)).isEqualTo(origin);
    }

    @ParameterizedTest
    @MethodSource("allWithoutEvents")
    void aReroutedRecordIsFromNoTopicWithoutEvents(Topic named) {
        assertThat(originOf(Topic.REROUTED, header(NAMES.name(named) + "/5/77")))
                .isEqualTo(here(Topic.REROUTED));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "cmk.policy-applied",
                "cmk.policy-applied/5",
                "cmk.policy-applied/5/77/1",
                "cmk.policy-applied/5/77/",
                "cmk.policy-applied//77",
                "cmk.policy-applied/five/77",
                "cmk.policy-applied/5/9223372036854775808",
                "cmk.policy-applied/2147483648/77",
                "policy-applied/5/77",
                "other.policy-applied/5/77",
                "CMK.POLICY-APPLIED/5/77"
            })
    void aHeaderThatIsNotOneOfOursIsNotBelieved(String text) {
        assertThat(originOf(Topic.REROUTED, header(text))).isEqualTo(here(Topic.REROUTED));
    }

    @Test
    void aReroutedRecordWithoutAHeaderIsFromWhereItIsRead() {
        assertThat(originOf(Topic.REROUTED, new RecordHeaders())).isEqualTo(here(Topic.REROUTED));
    }

    private static OriginCoordinates originOf(Topic readFrom, Headers headers) {
        return OriginCoordinates.firstRead(new Read(NAMES.name(readFrom), 3, 41), headers, NAMES);
    }

    private static OriginCoordinates here(Topic topic) {
        return new OriginCoordinates(NAMES.name(topic), 3, 41);
    }

    private static Headers header(String text) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(
                OriginCoordinates.HEADER,
                Optional.ofNullable(text)
                        .map(t -> t.getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
        return headers;
    }

    private record Read(String topic, int partition, long offset) implements RecordMetadata {}
}
