package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.GeneratedClasses;
import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.Cause;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.SuppressionGap;
import io.keyward.event.KeyRotated;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.avro.AvroMissingFieldException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/// The classes that the client's own templates make serve like those of Avro's templates.
class GeneratedRecordTest {
    private static final Instant TIME = Instant.parse("2026-03-01T09:00:00.123Z");

    /// Avro's readers find classes by their names only after this.
    private static final Schema TRUSTED = GeneratedClasses.data().getSchema(AnalyticsSuppression.class);

    private static KeyRotated.Builder rotation() {
        return KeyRotated.newBuilder()
                .setEventId("e1")
                .setTenantId("acme")
                .setOccurredAt(TIME)
                .setVaultUri("https://acme.vault.azure.net")
                .setKeyName("cmk")
                .setNewVersion("v2");
    }

    @Test
    void aFieldThatIsNotSetHasItsDefault() {
        assertThat(rotation().build().getSource()).isEmpty();
        assertThat(rotation().build().getExpiresAt()).isNull();
    }

    @Test
    void aFieldWithoutADefaultMustBeSet() {
        assertThatThrownBy(() -> KeyRotated.newBuilder().setEventId("e1").build())
                .isInstanceOf(AvroMissingFieldException.class)
                .hasMessageContaining("tenantId");
        assertThatThrownBy(() -> rotation().setKeyName(null))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("keyName");
    }

    @Test
    void timesAreCutToMilliseconds() {
        Instant finer = TIME.plusNanos(999_999);

        KeyRotated rotated = rotation().setOccurredAt(finer).setExpiresAt(finer).build();

        assertThat(rotated.getOccurredAt()).isEqualTo(TIME);
        assertThat(rotated.getExpiresAt()).isEqualTo(TIME);
    }

    @Test
    void aRecordIsNotChangedThroughItsBuilderOrItsCopy() {
        KeyRotated.Builder builder = rotation();
        KeyRotated first = builder.build();

        KeyRotated copy = KeyRotated.newBuilder(first).setSource("other").build();
        builder.setEventId("e2");

        assertThat(first).isEqualTo(rotation().build()).isNotEqualTo(copy);
        assertThat(copy)
                .isEqualTo(rotation().setSource("other").build())
                .hasSameHashCodeAs(rotation().setSource("other").build());
        assertThat(copy).isGreaterThan(first);
    }

    @Test
    void avrosOwnClassesWriteAndReadIt() throws IOException {
        AnalyticsSuppression signal = AnalyticsSuppression.newBuilder()
                .setTenantId("acme")
                .setEnvironmentId("web")
                .setSink("DATA_LAKE_EXPORT")
                .setAction(SuppressionAction.SUPPRESS)
                .setEffectiveFrom(TIME)
                .setReason("R14")
                .setRevision(3)
                .setRuleProfile("2024-07-23")
                .setCause(new Cause("KeyRevoked", "e1", TIME, "cmk.key-revoked", 1, 17L))
                .setGaps(List.of(new SuppressionGap(null, TIME), new SuppressionGap(TIME, TIME.plusMillis(1))))
                .build();
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(AnalyticsSuppression.class).write(signal, encoder);
        encoder.flush();

        assertThat(new SpecificDatumReader<AnalyticsSuppression>(TRUSTED)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)))
                .isEqualTo(signal)
                .hasToString(signal.toString());
    }

    @Test
    void javaWritesAndReadsIt() throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(rotation().build());
        }

        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(rotation().build());
        }
    }
}
