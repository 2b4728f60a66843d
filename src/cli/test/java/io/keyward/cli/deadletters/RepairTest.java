package io.keyward.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.json.JsonRefusedException;
import io.keyward.cli.deadletters.Repair.Attempt;
import io.keyward.cli.records.SourceLine;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.TopicNames;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is sent of a dead letter, and what is not.
class RepairTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");
    private static final String VALUE =
            "{\"eventId\":\"e1\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T10:00:00Z\",\"environmentId\":\"hr\",\"policyId\":\"p\"}";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final byte[] avro = serializer.serialize(
            "cmk.policy-removed",
            EventLine.parse("{\"topic\":\"policy-removed\",\"value\":" + VALUE + "}")
                    .value()
                    .orElseThrow());

    @Test
    void aRecordAsItWasHasItsBytesAndItsHeadersWithoutThoseOfTheRefusal() {
        DeadLetter deadLetter = deadLetter(avro, "traceparent", "00-1");
        assertThat(sent(new UnchangedRepair(_ -> true, NAMES), deadLetter)).satisfies(record -> {
            assertThat(record.topic()).isEqualTo("cmk.policy-removed");
            assertThat(record.partition()).isNull();
            assertThat(record.timestamp()).isNull();
            assertThat(record.value()).isEqualTo(avro);
            assertThat(record.headers())
                    .singleElement()
                    .satisfies(header -> assertThat(header.key()).isEqualTo("traceparent"));
        });
        assertThat(deadLetter.coordinates()).isEqualTo("cmk.policy-removed/3/41");
        assertThat(new UnchangedRepair(_ -> false, NAMES).of(deadLetter)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "keyward.resent-from,    cmk.policy-removed/3/7,   not repaired since",
        "keyward.truncated,      2000000,                  truncated",
        "__streams.errors.topic, cmk.tenant-erased,        not from an input topic",
        "__streams.errors.topic, /intake/eventgrid/tenant, not from an input topic"
    })
    void whatIsNotSentAsItWas(String header, String value, String why) {
        assertThat(new UnchangedRepair(_ -> true, NAMES).of(deadLetter(avro, header, value)))
                .containsInstanceOf(Attempt.Leave.class)
                .hasValueSatisfying(
                        left -> assertThat(((Attempt.Leave) left).why()).endsWith(why));
    }

    @Test
    void withoutPartitionsTheDeadLetterItselfIsTheOrigin() {
        DeadLetter deadLetter = deadLetter(avro, "__streams.errors.topic", "/intake/eventgrid/tenant");
        deadLetter.received().headers().remove("__streams.errors.partition");
        assertThat(deadLetter.coordinates()).isEqualTo("cmk.dead-letters/1/17");
    }

    @Test
    void anEditedLineIsSentToItsTopicWithItsKey() {
        DeadLetter deadLetter = deadLetter(avro, "value.schema.id", "of another value");
        String line = deadLetter.line().toString().replace("\"hr\"", "\"sales\"");
        assertThat(sent(edited(line), deadLetter)).satisfies(record -> {
            assertThat(record.topic()).isEqualTo("cmk.policy-removed");
            assertThat(record.key()).asString(UTF_8).isEqualTo("contoso");
            assertThat(record.value()).isNotEqualTo(avro);
        });
        assertThat(edited(line.replace("\"offset\":17", "\"offset\":18")).of(deadLetter))
                .isEmpty();
    }

    @Test
    void aLineMayNameAnotherInputTopic() {
        DeadLetter deadLetter = deadLetter(avro, "__streams.errors.topic", "cmk.key-revoked");
        assertThat(sent(edited(deadLetter.line().put("topic", "policy-removed").toString()), deadLetter)
                        .topic())
                .isEqualTo("cmk.policy-removed");
        assertThatThrownBy(() -> EditedLine.parse(deadLetter
                        .line()
                        .put("topic", "tenant-erased")
                        .set("value", deadLetter.line().objectNode())
                        .toString()))
                .isInstanceOf(JsonRefusedException.class);
    }

    @Test
    void whatWasSentAgainAndRefusedIsSentOnlyOnceItDiffers() {
        DeadLetter deadLetter = deadLetter(avro, DeadLetters.RESENT_FROM, "cmk.policy-removed/3/7");
        String line = deadLetter.line().toString();
        assertThat(edited(line).of(deadLetter)).containsInstanceOf(Attempt.Leave.class);
        assertThat(edited(line.replace("\"hr\"", "\"sales\"")).of(deadLetter)).containsInstanceOf(Attempt.Send.class);
        assertThat(edited(line.replace("\"key\":\"contoso\"", "\"key\":null")).of(deadLetter))
                .containsInstanceOf(Attempt.Send.class);
    }

    @Test
    void jsonThatWasNoAvroIsRepairedByBeingSentAsAvro() {
        DeadLetter deadLetter = deadLetter(VALUE.getBytes(UTF_8), DeadLetters.RESENT_FROM, "cmk.policy-removed/3/7");
        assertThat(sent(edited(deadLetter.line().toString()), deadLetter).value())
                .isEqualTo(avro);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                    | place: is missing",
                "{\"place\":7}                                                         | place: expected the partition and offset",
                "{\"place\":{\"partition\":0,\"offset\":1},\"topic\":\"dead-letters\"} | source: is missing",
                "{\"plaice\":7}                                                        | plaice: is not a member"
            })
    void aLineThatIsNoneIsRefused(String line, String why) {
        assertThatThrownBy(() -> EditedLine.parse(line))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessageStartingWith(why);
    }

    private EditedLines edited(String line) {
        EditedLines lines = new EditedLines(NAMES, serializer);
        SourceLine source = new SourceLine("file", 1, line);
        assertThat(lines.add(source, EditedLine.parse(line))).isTrue();
        assertThat(lines.add(source, EditedLine.parse(line))).isFalse();
        return lines;
    }

    private static ProducerRecord<byte[], byte[]> sent(Repair repair, DeadLetter deadLetter) {
        return ((Attempt.Send) repair.of(deadLetter).orElseThrow()).record().get();
    }

    private DeadLetter deadLetter(byte[] value, String header, String text) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("cmk.dead-letters", 1, 17, "contoso".getBytes(UTF_8), value);
        Map.of(
                        DeadLetterHeaders.TOPIC, "cmk.policy-removed",
                        DeadLetterHeaders.PARTITION, "3",
                        DeadLetterHeaders.OFFSET, "41",
                        DeadLetterHeaders.REASON, "INVALID_ID",
                        DeadLetterHeaders.DETAIL, "policyId is blank.")
                .forEach((name, said) -> record.headers().add(name, said.getBytes(UTF_8)));
        record.headers().remove(header);
        record.headers().add(header, text.getBytes(UTF_8));
        return new DeadLetter(record, (OutputRecord.Refused) new OutputReader(registry, NAMES).read(record));
    }
}
