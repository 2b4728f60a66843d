package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests records in the wire format, with a registry that other applications share.
class RegisteredRecordsTest {

    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final AvroDeserializer deserializer = AvroDeserializer.specific(
            registry,
            Arrays.stream(Topic.values())
                    .flatMap(topic -> topic.valueSchema().stream())
                    .map(GeneratedClasses::schema)
                    .toList(),
            getClass().getClassLoader());

    static Stream<SpecificRecord> records() {
        var random = new RandomDomain(1);
        return Stream.concat(
                random.events().stream().map(event -> EventWriter.write(event, "")),
                random.publications().stream().flatMap(publication -> OutputCodec.write(publication).stream()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordArrivesAsItWasSent(SpecificRecord sent) {
        assertThat(deserializer.deserialize("t", serializer.serialize("t", sent)))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsRegisteredIsTheCommittedFile(SpecificRecord sent) {
        serializer.serialize("t", sent);

        var file = sent.getSchema().getFullName().replace("io.keyward.", "").replace('.', '/') + ".avsc";
        assertThat(registry.latestOf("t-value").schema())
                .hasToString(SchemaFiles.parse(file).toString());
    }

    @Test
    void whatANewerProducerAddsIsReadOver() {
        var newer = new Schema.Parser()
                .parse(SchemaFiles.parse("event/EnvironmentChanged.avsc")
                        .toString()
                        .replace("\"ACTIVE\",", "\"ACTIVE\",\"ARCHIVED\",")
                        .replaceFirst("\\{\"name\":\"managed\"", "{\"name\":\"owner\",\"type\":\"string\"},$0"));
        var sent = snapshotOf(newer);

        var event = EventCodec.read(deserializer.deserialize("t", serializer.serialize("t", sent)));

        assertThat(event)
                .isInstanceOfSatisfying(
                        Event.EnvironmentChanged.class,
                        changed -> assertThat(changed.snapshot().lifecycle()).isEqualTo(Lifecycle.UNKNOWN));
    }

    private static GenericRecord snapshotOf(Schema newer) {
        var flows = new GenericRecordBuilder(newer.getField("cloudFlows").schema())
                .set("count", 0)
                .build();
        return new GenericRecordBuilder(newer)
                .set("eventId", "e1")
                .set("tenantId", "t1")
                .set("occurredAt", 0L)
                .set("environmentId", "env1")
                .set("type", symbol(newer, "type", "SANDBOX"))
                .set("lifecycle", symbol(newer, "lifecycle", "ARCHIVED"))
                .set("owner", "somebody")
                .set("managed", true)
                .set("cloudFlows", flows)
                .set("desktopFlows", flows)
                .build();
    }

    private static Object symbol(Schema record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), symbol);
    }
}
