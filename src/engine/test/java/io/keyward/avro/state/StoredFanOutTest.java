package io.keyward.avro.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.avro.AvroBytes;
import io.keyward.avro.SchemaFiles;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredFanOutTest {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("hr");

    private static final Instant DUE = Instant.parse("2026-03-24T10:00:00Z");

    static Stream<FanOut> fanOuts() {
        KeyId key = new KeyId("https://vault.example", "k1");
        return Stream.of(
                new FanOut.OfKey(TENANT, key, Optional.empty()),
                new FanOut.OfKey(TENANT, key, Optional.of(ENVIRONMENT)),
                new FanOut.OfQueue(TENANT),
                new FanOut.OfDeadlines(TENANT, DUE, Optional.empty()),
                new FanOut.OfDeadlines(TENANT, DUE, Optional.of(new FanOut.Deadline(DUE, ENVIRONMENT))),
                new FanOut.OfErasure(TENANT, Optional.empty(), FanOut.Erased.NOTHING),
                new FanOut.OfErasure(TENANT, Optional.of(ENVIRONMENT), new FanOut.Erased(1, 2, 3_000_000_000L)),
                new FanOut.OfEverything(Optional.empty()),
                new FanOut.OfEverything(Optional.of(new FanOut.Address(TENANT, ENVIRONMENT))));
    }

    @ParameterizedTest
    @MethodSource("fanOuts")
    void anInterruptedFanOutComesBackWithAllThatItsOutputsCarry(FanOut fanOut) throws IOException {
        Instant time = Instant.ofEpochMilli(1_772_323_200_000L);
        Trigger trigger = new Trigger(
                new Cause("KeyRevoked", "e1", time, "cmk.key-revoked", 3, 17),
                time.plusMillis(5),
                List.of(
                        new Trigger.CarriedHeader("traceparent", "00-abc".getBytes(StandardCharsets.UTF_8)),
                        new Trigger.CarriedHeader("empty", null)));

        byte[] bytes = StateCodec.FAN_OUTS.write(new PendingFanOut(fanOut, trigger, 5_000));
        PendingFanOut read = StateCodec.FAN_OUTS.read(bytes);

        assertThat(read.fanOut()).isEqualTo(fanOut);
        assertThat(read.reached()).isEqualTo(5_000);
        assertThat(read.trigger()).usingRecursiveComparison().isEqualTo(trigger);
        Schema schema = SchemaFiles.parse("state/PendingSweep.avsc");
        assertThat(AvroBytes.generic(schema, PlainAvro.of(schema, bytes)).get("eventId"))
                .hasToString("e1");
    }

    @Test
    void aFanOutOfAnUnknownKindIsNotMisread() {
        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> StateCodec.FAN_OUTS.read(new byte[] {StateCodec.VERSION, 0, 0, 0, 0, 0}))
                .withMessageContaining("a fan-out of an unknown kind");
    }

    /// The next release reads the fan-outs in existing stores.
    @Test
    void theBytesStayTheSame() {
        FanOut fanOut = new FanOut.OfKey(TENANT, new KeyId("https://vault.example", "k1"), Optional.of(ENVIRONMENT));
        Cause cause = new Cause("KeyRevoked", "e1", Instant.ofEpochMilli(1), "cmk.key-revoked", 3, 17);
        Trigger trigger =
                new Trigger(cause, Instant.ofEpochMilli(2), List.of(new Trigger.CarriedHeader("h", new byte[] {1, 2})));
        String ofKey = "020e636f6e746f736f2a68747470733a2f2f7661756c742e6578616d706c65046b3102046872" + "0000";
        String rest = "904e144b65795265766f6b6564046531021e636d6b2e6b65792d7265766f6b65640622020202" + "680204010200";

        PendingFanOut pending = new PendingFanOut(fanOut, trigger, 5_000);
        byte[] bytes = HexFormat.of().parseHex("01" + ofKey + "0000" + rest);
        assertThat(StateCodec.FAN_OUTS.write(pending)).isEqualTo(bytes);
        assertThat(StateCodec.FAN_OUTS.read(bytes).fanOut()).isEqualTo(fanOut);
    }
}
