package io.keyward.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.event.KeyRevoked;
import io.keyward.event.RevocationCause;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.ScriptedRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.client.SubjectNameStrategy;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WireFormat;
import io.keyward.registry.wire.WrongSchemaException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final byte[] GOLDEN = HexFormat.of().parseHex("000000000106414243000000000000f83f02");

    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final AvroDeserializer generic = AvroDeserializer.generic(registry);

    private AvroDeserializer expecting(Schema... schemas) {
        return AvroDeserializer.specific(registry, List.of(schemas), getClass().getClassLoader());
    }

    @Test
    void writesTheGoldenBytesOfConfluentsSerializer() {
        assertThat(serializer.serialize("ticks", Ticks.tick())).isEqualTo(GOLDEN);
    }

    @Test
    void readsTheGoldenBytesOfConfluentsSerializer() {
        registry.register("ticks-value", Ticks.SCHEMA);

        ValueReader.Decoded decoded = generic.decode("t", new RecordHeaders(), GOLDEN);

        assertThat(decoded.writer()).isEqualTo("test.Tick");
        assertThat(decoded.schema()).isEqualTo(new SchemaId.Numeric(1));
        GenericRecord tick = (GenericRecord) decoded.value();
        assertThat(tick.get("sym")).hasToString("ABC");
        assertThat(tick.get("px")).isEqualTo(1.5);
        assertThat(tick.get("ts")).isEqualTo(Instant.ofEpochMilli(1));
    }

    @Test
    void registersUnderTheTopicsName() {
        serializer.serialize("ticks", Ticks.tick());

        assertThat(registry.latestOf("ticks-value").schema()).isEqualTo(Ticks.SCHEMA);
    }

    @Test
    void registersNothingThatOnlyJavaUnderstands() {
        Schema generated = Ticks.parse("""
                {"type":"record","name":"R","fields":[
                  {"name":"s","type":{"type":"string","avro.java.string":"String"}},
                  {"name":"m","type":{"type":"map","values":"long","avro.java.string":"String"}}]}""");
        serializer.serialize(
                "t",
                new GenericRecordBuilder(generated)
                        .set("s", "a")
                        .set("m", Map.of("k", 1L))
                        .build());

        assertThat(registry.latestOf("t-value").schema()).hasToString("""
                        {"type":"record","name":"R","fields":[{"name":"s","type":"string"},\
                        {"name":"m","type":{"type":"map","values":"long"}}]}""");
    }

    @Test
    void olderWritersFieldsGetTheirDefaults() {
        byte[] payload = serializer.serialize("ticks", Ticks.tick());

        GenericRecord read = (GenericRecord) expecting(Ticks.WITH_VENUE)
                .decode("t", new RecordHeaders(), payload)
                .value();

        assertThat(read.get("venue")).hasToString("none");
        assertThat(read.get("sym")).hasToString("ABC");
    }

    @Test
    void newerWritersFieldsAreSkipped() {
        GenericRecord newer = new GenericRecordBuilder(Ticks.WITH_VENUE)
                .set("venue", "XETR")
                .set("sym", "ABC")
                .set("px", 1.5)
                .set("ts", Instant.ofEpochMilli(1))
                .build();

        assertThat(expecting(Ticks.SCHEMA).deserialize("ticks", serializer.serialize("ticks", newer)))
                .isEqualTo(Ticks.tick());
    }

    @Test
    void newerSymbolsBecomeTheEnumsDefault() {
        Schema newer = Ticks.parse(enumRecord("A\",\"B\",\"UNKNOWN"));
        Schema ours = Ticks.parse(enumRecord("A\",\"UNKNOWN"));
        GenericRecord record = new GenericRecordBuilder(newer)
                .set("e", new GenericData.EnumSymbol(newer.getField("e").schema(), "B"))
                .build();

        GenericRecord read = (GenericRecord) expecting(ours).deserialize("t", serializer.serialize("t", record));

        assertThat(read.get("e")).hasToString("UNKNOWN");
    }

    private static String enumRecord(String symbols) {
        return """
                {"type":"record","name":"E","fields":[{"name":"e",
                  "type":{"type":"enum","name":"S","symbols":["%s"],"default":"UNKNOWN"}}]}""".formatted(symbols);
    }

    @Test
    void tombstonesStayTombstones() {
        assertThat(serializer.serialize("ticks", null)).isNull();
        assertThat(generic.deserialize("ticks", null)).isNull();
    }

    @Test
    void readsASchemaIdFromTheHeader() {
        registry.register("ticks-value", Ticks.SCHEMA);
        Headers headers = new RecordHeaders().add(WireFormat.VALUE_SCHEMA_HEADER, new byte[] {0, 0, 0, 0, 1});

        assertThat(generic.deserialize("ticks", headers, withoutPrefix(GOLDEN))).isEqualTo(Ticks.tick());
    }

    @Test
    void readsASchemaGuidFromTheHeader() {
        registry.register("ticks-value", Ticks.SCHEMA);
        UUID guid = InMemorySchemaRegistry.guidOf(Ticks.SCHEMA.toString());
        byte[] header = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();

        Headers headers = new RecordHeaders().add(WireFormat.VALUE_SCHEMA_HEADER, header);

        assertThat(generic.deserialize("ticks", headers, withoutPrefix(GOLDEN))).isEqualTo(Ticks.tick());
    }

    @Test
    void aHeaderThatNamesNoSchemaIsUnreadable() {
        Headers headers = new RecordHeaders().add(WireFormat.VALUE_SCHEMA_HEADER, "7".getBytes(UTF_8));

        assertThatThrownBy(() -> generic.decode("t", headers, GOLDEN))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(WireFormat.VALUE_SCHEMA_HEADER);
    }

    @Test
    void headersOfTheCauseDoNotDescribeWhatIsWritten() {
        Headers headers = new RecordHeaders()
                .add(WireFormat.VALUE_SCHEMA_HEADER, new byte[] {0, 0, 0, 0, 9})
                .add("traceparent", "00-1".getBytes(UTF_8));

        serializer.serialize("ticks", headers, Ticks.tick());

        assertThat(headers).extracting("key").containsExactly("traceparent");
    }

    @Test
    void aRecordOfAnotherNameIsOfTheWrongSchema() {
        Schema other = Ticks.parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        byte[] payload = serializer.serialize("ticks", new GenericData.Record(other));

        assertThatThrownBy(() -> expecting(Ticks.SCHEMA).decode("t", new RecordHeaders(), payload))
                .isInstanceOf(WrongSchemaException.class)
                .hasMessageContainingAll("Other", "schema id 1");
    }

    @Test
    void aRecordThatDoesNotResolveIsOfTheWrongSchema() {
        Schema incompatible = Ticks.parse(
                "{\"type\":\"record\",\"name\":\"Tick\",\"namespace\":\"test\",\"fields\":[{\"name\":\"sym\",\"type\":\"int\"}]}");
        byte[] payload = serializer.serialize(
                "ticks", new GenericRecordBuilder(incompatible).set("sym", 1).build());

        assertThatThrownBy(() -> expecting(Ticks.SCHEMA).decode("t", new RecordHeaders(), payload))
                .isInstanceOf(WrongSchemaException.class);
    }

    @Test
    void timesInAnotherUnitAreOfTheWrongSchema() {
        Schema micros = Ticks.parse(Ticks.SCHEMA.toString().replace("timestamp-millis", "timestamp-micros"));
        byte[] payload = serializer.serialize(
                "ticks",
                new GenericRecordBuilder(micros)
                        .set("sym", "ABC")
                        .set("px", 1.5)
                        .set("ts", Instant.EPOCH)
                        .build());

        assertThatThrownBy(() -> expecting(Ticks.SCHEMA).decode("t", new RecordHeaders(), payload))
                .isInstanceOf(WrongSchemaException.class)
                .hasMessageContainingAll("/ts", "timestamp-micros", "timestamp-millis");
    }

    @Test
    void timesWithoutAUnitAreTakenAsOurs() {
        Schema bare = Ticks.parse(Ticks.SCHEMA.toString().replace(",\"logicalType\":\"timestamp-millis\"", ""));
        byte[] payload = serializer.serialize(
                "ticks",
                new GenericRecordBuilder(bare)
                        .set("sym", "ABC")
                        .set("px", 1.5)
                        .set("ts", 1L)
                        .build());

        assertThat(expecting(Ticks.SCHEMA).deserialize("ticks", payload)).isEqualTo(Ticks.tick());
    }

    @Test
    void generatedClassesComeBackAsTheyWere() {
        KeyRevoked event = KeyRevoked.newBuilder()
                .setEventId("e")
                .setTenantId("t")
                .setOccurredAt(Instant.ofEpochMilli(1))
                .setSource("s")
                .setVaultUri("https://v")
                .setKeyName("k")
                .setCause(RevocationCause.KEY_DISABLED)
                .build();

        byte[] payload = serializer.serialize("events", event);

        assertThat(expecting(KeyRevoked.getClassSchema()).deserialize("events", payload))
                .isEqualTo(event)
                .isInstanceOf(KeyRevoked.class);
        assertThat(registry.latestOf("events-value").schema().toString()).doesNotContain("avro.java.string");
    }

    @Test
    void aValueThatIsNoRecordIsOfTheWrongSchema() {
        registry.register("ticks-value", Schema.create(Schema.Type.STRING));

        assertThatThrownBy(() -> generic.decode("t", new RecordHeaders(), new byte[] {0, 0, 0, 0, 1, 2, 'a'}))
                .isInstanceOf(WrongSchemaException.class)
                .hasMessageContaining("string");
    }

    @Test
    void anUnknownSchemaIdIsUnreadable() {
        assertThatThrownBy(() -> generic.decode("t", new RecordHeaders(), GOLDEN))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("schema id 1");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNoFaultOfTheRecord() {
        AvroDeserializer cutOff = AvroDeserializer.generic(new ScriptedRegistry(
                new RegistryUnavailableException("down"), new RegistryRefusalException(40301, "not for you")));

        assertThatThrownBy(() -> cutOff.decode("t", new RecordHeaders(), GOLDEN))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> cutOff.decode("t", new RecordHeaders(), GOLDEN))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void theLatestVersionIsWrittenWhereThatIsChosen() {
        registry.register("ticks-value", Ticks.WITH_VENUE);
        AvroSerializer latest = new AvroSerializer(registry, choosing(SerializerSettings.Choice.LATEST));

        GenericRecord read = (GenericRecord) generic.deserialize("ticks", latest.serialize("ticks", Ticks.tick()));

        assertThat(read.getSchema()).isEqualTo(Ticks.WITH_VENUE);
        assertThat(read.get("venue")).hasToString("none");
        assertThat(read.get("px")).isEqualTo(1.5);
    }

    @Test
    void aNewLatestVersionIsWrittenFromThenOn() {
        AvroSerializer latest = new AvroSerializer(registry, choosing(SerializerSettings.Choice.LATEST));
        registry.register("ticks-value", Ticks.SCHEMA);
        byte[] before = latest.serialize("ticks", Ticks.tick());
        registry.register("ticks-value", Ticks.WITH_VENUE);

        byte[] after = latest.serialize("ticks", Ticks.tick());

        assertThat(generic.deserialize("ticks", before).getSchema()).isEqualTo(Ticks.SCHEMA);
        assertThat(generic.deserialize("ticks", after).getSchema()).isEqualTo(Ticks.WITH_VENUE);
    }

    @Test
    void aLatestVersionThatCannotReadTheRecordIsRefused() {
        registry.register("ticks-value", Ticks.parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}"));
        AvroSerializer latest = new AvroSerializer(registry, choosing(SerializerSettings.Choice.LATEST));

        assertThatThrownBy(() -> latest.serialize("ticks", Ticks.tick()))
                .isInstanceOf(RegistryRefusalException.class)
                .hasMessageContaining("latest.compatibility.strict");
    }

    @Test
    void anUnregisteredSchemaIsRefusedWhereItMustBeRegistered() {
        AvroSerializer lookingUp = new AvroSerializer(registry, choosing(SerializerSettings.Choice.LOOK_UP));

        assertThatThrownBy(() -> lookingUp.serialize("ticks", Ticks.tick()))
                .isInstanceOf(RegistryRefusalException.class);
    }

    private static SerializerSettings choosing(SerializerSettings.Choice choice) {
        return new SerializerSettings(choice, true, false, false, SubjectNameStrategy.TOPIC, SubjectNameStrategy.TOPIC);
    }

    @Test
    void aRecordThatFailsToEncodeLeavesNothingBehind() {
        GenericRecord incomplete = new GenericData.Record(Ticks.SCHEMA);
        incomplete.put("sym", "only this");

        assertThatThrownBy(() -> serializer.serialize("ticks", incomplete)).isInstanceOf(SerializationException.class);

        assertThat(serializer.serialize("ticks", Ticks.tick())).isEqualTo(GOLDEN);
    }

    private static byte[] withoutPrefix(byte[] payload) {
        return Arrays.copyOfRange(payload, WireFormat.PREFIX_BYTES, payload.length);
    }
}
