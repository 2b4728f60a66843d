package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.ScriptedRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBytesTest {
    private static final byte[] TWO_TO_THE_31 = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x10};
    private static final byte[] LONGEST = repeated(0xff, 9, 0x01);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isUnreadableNotFatal(String why, String fieldType, byte[] datum) {
        Schema writer = record("R", "{\"name\":\"f\",\"type\":" + fieldType + "}");
        byte[] payload = payload(registry.register("s", writer), datum);

        for (AvroDeserializer reading : List.of(AvroDeserializer.generic(registry), skipping())) {
            assertThatThrownBy(() -> reading.decode("t", new RecordHeaders(), payload))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("schema id");
        }
    }

    static Stream<Arguments> isUnreadableNotFatal() {
        return Stream.of(
                Arguments.of("a string of 2 GiB", "\"string\"", TWO_TO_THE_31),
                Arguments.of("bytes of 2 GiB", "\"bytes\"", TWO_TO_THE_31),
                Arguments.of("a negative length", "\"string\"", new byte[] {1}),
                Arguments.of("the lowest of lengths", "\"string\"", LONGEST),
                Arguments.of("2^31 items", "{\"type\":\"array\",\"items\":\"long\"}", TWO_TO_THE_31),
                Arguments.of("2^31 items of no size", "{\"type\":\"array\",\"items\":\"null\"}", TWO_TO_THE_31),
                Arguments.of("the lowest of counts", "{\"type\":\"array\",\"items\":\"null\"}", LONGEST),
                Arguments.of("2^31 entries", "{\"type\":\"map\",\"values\":\"null\"}", TWO_TO_THE_31),
                Arguments.of("a fixed of 1 GB", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1000000000}", new byte[9]),
                Arguments.of("an endless number", "\"long\"", repeated(0xff, 12, 0)),
                Arguments.of("nothing at all", "\"double\"", new byte[0]),
                Arguments.of("no such branch", "[\"null\",\"int\"]", new byte[] {100, 0}),
                Arguments.of("a negative branch", "[\"null\",\"int\"]", new byte[] {1, 0}),
                Arguments.of("trailing bytes", "\"int\"", new byte[] {2, 2}));
    }

    @Test
    void blocksOfNothingDoNotAddUp() {
        Schema writer = record("R", "{\"name\":\"f\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}");
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        IntStream.range(0, 10_000).forEach(i -> blocks.writeBytes(new byte[] {(byte) 0x80, 0x7e}));
        blocks.write(0);

        assertThatThrownBy(() -> AvroDeserializer.generic(registry)
                        .decode(
                                "t",
                                new RecordHeaders(),
                                payload(registry.register("s", writer), blocks.toByteArray())))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void aMillionLevelsAreUnreadableNotFatal() {
        Schema writer = record("R", "{\"name\":\"f\",\"type\":[\"null\",\"R\"]}");
        byte[] deep = payload(registry.register("s", writer), repeated(2, 1_000_000, 0));

        for (AvroDeserializer reading : List.of(AvroDeserializer.generic(registry), skipping())) {
            assertThatThrownBy(() -> reading.decode("t", new RecordHeaders(), deep))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("nested too deeply");
        }
    }

    @Test
    void aSchemaThatIsNotAvroIsUnreadable() {
        SchemaRegistry protobuf = new ScriptedRegistry(
                new RegistryRefusalException(RegistryRefusalException.INVALID_SCHEMA, "it is of type PROTOBUF"));

        assertThatThrownBy(() -> AvroDeserializer.generic(protobuf).decode("t", new RecordHeaders(), new byte[6]))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("PROTOBUF");
    }

    @Test
    void everyCutOfAGoodRecordIsUnreadable() {
        byte[] whole = new AvroSerializer(registry, SerializerSettings.DEFAULT).serialize("ticks", Ticks.tick());
        AvroDeserializer reading = AvroDeserializer.generic(registry);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reading.decode("t", new RecordHeaders(), cut))
                    .isInstanceOf(UnreadableException.class);
        }
        assertThat(reading.decode("t", new RecordHeaders(), whole).value()).isEqualTo(Ticks.tick());
    }

    @Test
    void noiseIsReadOrUnreadableButNothingElse() {
        Schema writer = Ticks.parse("""
                {"type":"record","name":"N","fields":[
                  {"name":"a","type":{"type":"array","items":["null","string",{"type":"map","values":"N"}]}},
                  {"name":"b","type":"boolean"},
                  {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
                  {"name":"t","type":{"type":"long","logicalType":"timestamp-micros"}}]}""");
        int id = registry.register("s", writer);
        AvroDeserializer reading = AvroDeserializer.generic(registry);
        Random random = new Random(20_240_722);

        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            try {
                reading.decode("t", new RecordHeaders(), payload(id, noise));
            } catch (UnreadableException expected) {
                assertThat(expected).hasMessageContaining("N (schema id");
            }
        }
    }

    /// Reads every record as a record without fields, so that it skips all of the data.
    private AvroDeserializer skipping() {
        return AvroDeserializer.specific(
                registry, List.of(record("R", "")), getClass().getClassLoader());
    }

    private static Schema record(String name, String fields) {
        return Ticks.parse("{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields));
    }

    private static byte[] payload(int id, byte[] datum) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(WireFormat.prefix(id));
        payload.writeBytes(datum);
        return payload.toByteArray();
    }

    private static byte[] repeated(int value, int times, int last) {
        byte[] bytes = new byte[times + 1];
        Arrays.fill(bytes, (byte) value);
        bytes[times] = (byte) last;
        return bytes;
    }
}
