package io.keyward.topology.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.TopicNames;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.contract.EventLine;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/// The output line of a dead-letter record, for every kind of refused record.
class DeadLetterReaderTest {
    private static final OriginCoordinates ORIGIN = new OriginCoordinates("cmk.policy-removed", 3, 41);
    private static final String VALUE =
            "{\"eventId\":\"e1\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T10:00:00Z\",\"source\":\"policies\",\"environmentId\":\" \",\"policyId\":\"p\"}";
    private static final String COORDINATES =
            "{\"place\":{\"topic\":\"dead-letters\",\"partition\":1,\"offset\":17},\"receivedAt\":\"1970-01-01T00:00:07Z\"";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void avroIsDecodedAndNamesEventAndProducer() {
        EventLine event = EventLine.parse("{\"topic\":\"policy-removed\",\"value\":" + VALUE + "}");
        byte[] avro = new AvroSerializer(registry, SerializerSettings.DEFAULT)
                .serialize("cmk.policy-removed", event.value().orElseThrow());
        assertThat(line(avro, 4_000))
                .hasToString(COORDINATES + ",\"eventId\":\"e1\",\"producer\":\"policies\",\"value\":" + VALUE + "}");
    }

    @Test
    void jsonThatShouldHaveBeenAvroIsShownAsItIs() {
        assertThat(line("{\"eventId\":7,\"source\":\"\",\"a\":[1]}".getBytes(UTF_8), 4_000))
                .hasToString(COORDINATES + ",\"value\":{\"eventId\":7,\"source\":\"\",\"a\":[1]}}");
    }

    @Test
    void otherBytesAreShownInBase64UpToALimit() {
        assertThat(line("[1]".getBytes(UTF_8), 4_000))
                .hasToString(COORDINATES + ",\"valueLength\":3,\"valueBase64\":\"WzFd\"}");
        assertThat(line(new byte[2_000], 4_000).get("valueBase64").asText()).hasSize((1_024 + 2) / 3 * 4);
    }

    @Test
    void aRecordWithoutAValueHasNone() {
        assertThat(line(null, 4_000)).hasToString(COORDINATES + ",\"value\":null}");
    }

    @Test
    void aLetterThatWasCutSaysHowLongTheValueWas() {
        ObjectNode line = line(new byte[5_000], 4_000);
        assertThat(line.get("truncatedFrom").asText()).isEqualTo("5000");
        assertThat(line.get("valueLength").asInt()).isLessThan(4_000);
    }

    @Test
    void aRepetitionSaysOfWhatUnlessSomebodyElseWroteThatHeader() {
        headers.add(DeadLetters.RESENT_FROM, "cmk.key-revoked/2/9".getBytes(UTF_8));
        assertThat(line(null, 4_000).get("resentFrom"))
                .hasToString("{\"topic\":\"key-revoked\",\"partition\":2,\"offset\":9}");
        headers.add(DeadLetters.RESENT_FROM, "somewhere".getBytes(UTF_8));
        assertThat(line(null, 4_000).has("resentFrom")).isFalse();
    }

    private ObjectNode line(byte[] value, int limit) {
        Record<byte[], byte[]> deadLetter = DeadLetters.of(
                new Record<>(null, value, 7_000, headers),
                ORIGIN,
                new RefusedException(RefusalCode.INVALID_ID, "environmentId is blank."),
                limit);
        OutputRecord read = new OutputReader(registry, new TopicNames("cmk."))
                .read(new ConsumerRecord<>(
                        "cmk.dead-letters",
                        1,
                        17,
                        7_000,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        deadLetter.key(),
                        deadLetter.value(),
                        deadLetter.headers(),
                        Optional.empty()));
        assertThat(read.line().toString()).contains("\"reason\":\"INVALID_ID\"", "\"offset\":41");
        return ((OutputRecord.Refused) read).deadLetter();
    }
}
