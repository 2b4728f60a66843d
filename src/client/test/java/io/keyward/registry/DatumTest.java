package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.decision.Cause;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.client.SubjectNameStrategy;
import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.Datum;
import io.keyward.registry.wire.WireFormat;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// Tests records that are written without an object.
class DatumTest {
    private static final Schema SCHEMA = Cause.getClassSchema();
    private static final Cause OBJECT =
            new Cause("PolicyApplied", "e1", Instant.parse("2026-03-02T10:00:00Z"), "cmk.policy-applied", 3, 17L);
    private static final Datum DATUM = datum(out -> out.writeLong(17));

    private final SpecificData model = AvroModel.specific(getClass().getClassLoader());
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    /// A cause with this as its last field.
    private static Datum datum(Consumer<ArrayEncoder> offset) {
        return new Datum(SCHEMA, out -> {
            out.writeString("PolicyApplied");
            out.writeString("e1");
            out.writeTime(OBJECT.getOccurredAt());
            out.writeString("cmk.policy-applied");
            out.writeInt(3);
            offset.accept(out);
        });
    }

    @Test
    void itsObjectHasWhatIsWritten() {
        assertThat(DATUM.object(model)).isEqualTo(OBJECT);
    }

    @Test
    void anObjectNeedsEveryFieldAndNoOther() {
        assertThatThrownBy(() -> datum(_ -> {}).object(model))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.keyward.decision.Cause");
        assertThatThrownBy(() -> datum(out -> out.writeString("4711")).object(model))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4 bytes follow");
    }

    @Test
    void itIsSerializedAsItsObject() {
        var serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);

        assertThat(serializer.serialize("t", new RecordHeaders(), DATUM)).isEqualTo(serializer.serialize("t", OBJECT));
    }

    @Test
    void itIsConvertedToTheLatestVersionAsItsObject() {
        var latest = SchemaBuilder.record(SCHEMA.getFullName())
                .fields()
                .requiredLong("offset")
                .endRecord();
        registry.register("t-value", latest);
        var serializer = new AvroSerializer(
                registry,
                new SerializerSettings(
                        SerializerSettings.Choice.LATEST,
                        true,
                        false,
                        false,
                        SubjectNameStrategy.TOPIC,
                        SubjectNameStrategy.TOPIC));

        byte[] converted = serializer.serialize("t", new RecordHeaders(), DATUM);
        assertThat(converted).isEqualTo(serializer.serialize("t", OBJECT));
        assertThat(AvroDeserializer.generic(registry).deserialize("t", converted))
                .isEqualTo(new GenericRecordBuilder(latest).set("offset", 17L).build());
    }

    @Test
    void aSchemaHeaderOfAnotherRecordIsRemoved() {
        var headers = new RecordHeaders();
        headers.add(WireFormat.VALUE_SCHEMA_HEADER, new byte[5]);

        new AvroSerializer(registry, SerializerSettings.DEFAULT).serialize("t", headers, DATUM);
        assertThat(headers).isEmpty();
    }
}
