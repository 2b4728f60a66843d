package io.keyward.intake;

import static io.keyward.intake.Deliveries.CONTOSO;
import static io.keyward.intake.Deliveries.GRID;
import static io.keyward.intake.Deliveries.HINT;
import static io.keyward.intake.Deliveries.IRRELEVANT;
import static io.keyward.intake.Deliveries.LONG_AGO;
import static io.keyward.intake.Deliveries.REFUSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventWriter;
import io.keyward.avro.KeyHintCodec;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Trigger.CarriedHeader;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.wire.Datum;
import io.keyward.topology.RecordLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class DeliveryRecordsTest {
    private static final Stamp STAMP = new Stamp(LONG_AGO, new EventId("eg:7"));
    private static final KeyId KEY = new KeyId("https://kv-contoso.vault.azure.net", "hr");
    private static final KeyVersion VERSION = new KeyVersion("v2");
    private static final Event.OfKey ROTATED =
            new Event.KeyRotated(CONTOSO, STAMP, KEY, VERSION, Optional.empty(), Optional.empty());
    private static final Event.OfKey REVOKED =
            new Event.KeyRevoked(CONTOSO, STAMP, KEY, Optional.of(VERSION), RevocationCause.KEY_EXPIRED);
    private static final Event.OfKey EXPIRING = new Event.KeyExpiring(CONTOSO, STAMP, KEY, VERSION, LONG_AGO);

    private final Recorder values = new Recorder();

    @Test
    void factsAndHintsCarryTheHeadersOfTheirDelivery() {
        Publisher.Origin traced = GRID.with(List.of(new CarriedHeader("traceparent", new byte[] {1})));
        assertThat(records(traced, new Finding.Fact(ROTATED), HINT))
                .hasSize(2)
                .allSatisfy(record -> assertThat(
                                record.headers().lastHeader("traceparent").value())
                        .containsExactly(1));
    }

    @Test
    void eachFindingGoesToItsTopicInOrder() {
        List<ProducerRecord<byte[], byte[]>> records = records(
                GRID,
                new Finding.Fact(ROTATED),
                IRRELEVANT,
                new Finding.Fact(REVOKED),
                new Finding.Fact(EXPIRING),
                HINT,
                REFUSED);
        assertThat(records)
                .extracting(ProducerRecord::topic)
                .containsExactly(
                        "cmk.key-rotated", "cmk.key-revoked", "cmk.key-expiring", "cmk.key-hints", "cmk.dead-letters");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.key()).asString(UTF_8).isEqualTo("contoso");
            assertThat(record.partition())
                    .as("left to Java's default partitioner")
                    .isNull();
            assertThat(record.timestamp()).as("that of sending").isNull();
        });
    }

    @Test
    void valuesAreThoseOfTheSchemasAndNameTheirSource() {
        List<ProducerRecord<byte[], byte[]>> records = records(GRID, new Finding.Fact(ROTATED), HINT);
        assertThat(values.written)
                .containsExactly(EventWriter.write(ROTATED, "event-grid"), KeyHintCodec.write(HINT.hint()));
        assertThat(records.getFirst().value()).asString(UTF_8).isEqualTo("cmk.key-rotated");
        assertThat(records.getFirst().headers().lastHeader("schema"))
                .as("what a writer puts into headers")
                .isNotNull();
    }

    @Test
    void hintsAboutTheSameKeysAreOne() {
        Finding.Hint vault = hint(HINT.hint().vaultUri(), Optional.empty());
        Finding.Hint all = hint(Optional.empty(), Optional.empty());
        records(GRID, HINT, vault, all, HINT, vault, all, all);
        assertThat(values.written)
                .containsExactly(
                        KeyHintCodec.write(HINT.hint()),
                        KeyHintCodec.write(vault.hint()),
                        KeyHintCodec.write(all.hint()));
    }

    private static Finding.Hint hint(Optional<String> vault, Optional<String> key) {
        return new Finding.Hint(new KeyHint(CONTOSO, LONG_AGO, "ResourceWriteSuccess", vault, key));
    }

    @Test
    void aRefusedItemIsADeadLetterWithTheBytesThatCameAndTheReason() {
        ProducerRecord<byte[], byte[]> letter = records(GRID, REFUSED).getFirst();
        assertThat(letter.value()).asString(UTF_8).isEqualTo("{\"id\":\"7\"}");
        assertThat(headers(letter))
                .containsEntry("keyward.reason", "INVALID_FIELD")
                .containsEntry("keyward.detail", "data.Version is missing.")
                .containsEntry("__streams.errors.message", "data.Version is missing.");
    }

    @Test
    void aRequestHasNeitherPartitionNorOffset() {
        assertThat(headers(records(GRID, REFUSED).getFirst()))
                .containsEntry("__streams.errors.topic", "/intake/eventgrid/contoso")
                .doesNotContainKeys("__streams.errors.partition", "__streams.errors.offset");
    }

    @Test
    void aDeadLetterFitsItsTopic() {
        byte[] large = new byte[16 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');
        ProducerRecord<byte[], byte[]> letter = new DeliveryRecords(new TopicNames("cmk."), values)
                .of(CONTOSO, GRID, List.of(new Item("other", large, REFUSED)))
                .getFirst();
        assertThat(letter.value()).hasSizeBetween(1_000_000, RecordLimits.DEFAULT.deadLetter());
        assertThat(headers(letter)).containsEntry("keyward.truncated", Integer.toString(large.length));
    }

    private List<ProducerRecord<byte[], byte[]>> records(Publisher.Origin origin, Finding... findings) {
        return new DeliveryRecords(new TopicNames("cmk."), values)
                .of(CONTOSO, origin, Stream.of(findings).map(Deliveries::item).toList());
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
        Map<String, String> headers = new TreeMap<>();
        letter.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    /// Writes the name of the topic in place of a value, and a header.
    private static final class Recorder implements ValueWriter {
        private final List<IndexedRecord> written = new ArrayList<>();

        @Override
        public byte[] serialize(String topic, Headers headers, IndexedRecord value) {
            written.add(value);
            headers.add("schema", new byte[1]);
            return topic.getBytes(UTF_8);
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Datum value) {
            throw new AssertionError("deliveries are written as objects");
        }

        @Override
        public void prepare(String topic, Schema schema) {}
    }
}
