package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.decision.Progress;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.TimeReached;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    @Test
    void onlyEventsForKeywardArePublishedAndAnythingElseIsToldWhatIs() {
        try (EventPublisher publisher = EventPublisher.connect(Settings.of("127.0.0.1:1", "http://127.0.0.1:1"))) {
            for (SpecificRecord other : new SpecificRecord[] {new Progress(), new TimeReached()}) {
                assertThatThrownBy(() -> publisher.publish(other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                other.getSchema().getFullName() + " is not an event of Keyward; must be one of")
                        .hasMessageContaining("io.keyward.event.PolicyApplied, io.keyward.event.PolicyRemoved, ")
                        .hasMessageNotContaining("TenantErased");
            }
            assertThatThrownBy(() -> publisher.publish(new PolicyRemoved()))
                    .hasMessage("PolicyRemoved has no tenantId; it must be the id of the tenant.");
        }
    }

    @Test
    void anEventThatKafkaOrTheRegistryDoesNotTakeFails() {
        Settings none = Settings.of("127.0.0.1:1", "http://127.0.0.1:1").withKafka("max.block.ms", 1);
        try (EventPublisher publisher = EventPublisher.connect(none)) {
            assertThat(publisher.publish(removed())).isCompletedExceptionally();
        }
    }

    /// Kafka takes no delivery timeout that is shorter than one request.
    @Test
    void aRequestMayTakeLongerThanADeliveryDoesUnlessSetOtherwise() {
        Settings patient = Settings.of("127.0.0.1:1", "http://127.0.0.1:1").withKafka("request.timeout.ms", "60000");

        assertThatNoException().isThrownBy(() -> EventPublisher.connect(patient).close());
    }

    private static PolicyRemoved removed() {
        return new PolicyRemoved("1", "contoso", Instant.parse("2026-03-01T10:00:00Z"), "", "hr", "p");
    }

    @Test
    void theUserCannotSwitchOffWhatKeepsEventsWholeAndSingle() {
        Map<String, Object> settings = EventSender.producerSettings(
                Map.of("acks", "0", "enable.idempotence", false, "transactional.id", "x", "linger.ms", 7), "id");
        assertThat(settings)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("compression.type", "lz4")
                .containsEntry("client.id", "id")
                .containsEntry("linger.ms", 7)
                .doesNotContainKey("transactional.id");
        assertThat(EventSender.producerSettings(Map.of("compression.type", "zstd"), "id"))
                .containsEntry("compression.type", "zstd");
    }

    @Test
    void aDeadLetterThatNamesNoPlaceOrNoCodeIsOfNoEvent() {
        assertThat(DeadLetterHeaders.coordinates(headers("__streams.errors.topic", "cmk.policy-applied")))
                .isEmpty();
        assertThat(DeadLetterHeaders.coordinates(coordinates("one", "4"))).isEmpty();
        assertThat(DeadLetterHeaders.coordinates(coordinates("1", "-4"))).isEmpty();
        assertThat(DeadLetterHeaders.coordinates(coordinates("1", "4")))
                .contains(new Coordinates("cmk.policy-applied", 1, 4));
        assertThat(DeadLetterHeaders.refusal(coordinates("1", "4"))).isEqualTo(Optional.empty());
        assertThat(DeadLetterHeaders.refusal(headers("keyward.reason", "UNREADABLE")))
                .contains(new Outcome.Refused("UNREADABLE", ""));
    }

    private static Headers coordinates(String partition, String offset) {
        return headers(
                "__streams.errors.topic", "cmk.policy-applied",
                "__streams.errors.partition", partition,
                "__streams.errors.offset", offset);
    }

    private static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.add(namesAndValues[at], namesAndValues[at + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
