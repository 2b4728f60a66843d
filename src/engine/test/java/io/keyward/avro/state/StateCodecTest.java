package io.keyward.avro.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.avro.AvroBytes;
import io.keyward.avro.RandomDomain;
import io.keyward.avro.SchemaFiles;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.PartReports;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that stored values are read back unchanged and match their schema, and that damaged bytes are never
/// misread.
class StateCodecTest {

    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ENVIRONMENTS;
    private static final StateCodec<KeyFacts> KEYS = StateCodec.KEYS;
    private static final StateCodec<TenantState> TENANTS = StateCodec.TENANTS;
    private static final StateCodec<PartReports> PARTS = StateCodec.PARTS;
    private static final StateCodec<ComponentReports> COMPONENTS = StateCodec.COMPONENTS;
    private static final StateCodec<ComponentReports.Known> KNOWN_PARTS = StateCodec.KNOWN_PARTS;

    static Stream<Long> seeds() {
        return RandomDomain.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsStoredReadsBackAsItWas(long seed) {
        var random = new RandomDomain(seed);

        assertSurvives(ENVIRONMENTS, random.environmentState(), seed);
        assertSurvives(KEYS, random.keyFacts(), seed);
        assertSurvives(TENANTS, random.tenantState(), seed);
        assertSurvives(PARTS, random.partReports(), seed);
        assertSurvives(COMPONENTS, random.componentReports(), seed);
        assertSurvives(KNOWN_PARTS, random.knownParts(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsStoredIsWhatTheSchemaSays(long seed) {
        var random = new RandomDomain(seed);

        assertFits("EnvironmentState", ENVIRONMENTS.write(random.environmentState()), seed);
        assertFits("KeyFacts", KEYS.write(random.keyFacts()), seed);
        assertFits("TenantState", TENANTS.write(random.tenantState()), seed);
        assertFits("PartReports", PARTS.write(random.partReports()), seed);
        assertFits("ComponentReports", COMPONENTS.write(random.componentReports()), seed);
        assertFits("KnownParts", KNOWN_PARTS.write(random.knownParts()), seed);
    }

    @Test
    void theEmptyStatesAreSmall() {
        assertSurvives(ENVIRONMENTS, EnvironmentState.NONE, 0);
        assertSurvives(KEYS, KeyFacts.NONE, 0);
        assertSurvives(TENANTS, TenantState.NONE, 0);
        assertSurvives(COMPONENTS, ComponentReports.NONE, 0);
        assertThat(ENVIRONMENTS.write(EnvironmentState.NONE)).hasSizeLessThan(23);
    }

    @Test
    void aVersionThatIsNotKnownIsNamed() {
        var bytes = TENANTS.write(TenantState.NONE);
        bytes[0] = (byte) 200;

        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> TENANTS.read(bytes))
                .withMessage("The stored state has version 200; this release reads versions 1 to 1."
                        + " Run the release that wrote it, or rebuild the state from the input topics.");
    }

    /// How a field is added: rows of the older version are read without it, and the older release refuses the new
    /// rows.
    @Test
    void aRowOfAnOlderVersionIsReadWithoutTheFieldsThatItLacks() {
        record Row(String name, Optional<Instant> since) {}
        byte next = StateCodec.VERSION + 1;
        StateCodec<Row> before = new StateCodec<>(
                StateCodec.VERSION, (out, row) -> out.text(row.name()), in -> new Row(in.text(), Optional.empty()));
        StateCodec<Row> after = new StateCodec<>(
                next,
                (out, row) -> {
                    out.text(row.name());
                    out.optional(row.since(), StateOutput::time);
                },
                in -> new Row(in.text(), in.isFrom(next) ? in.optional(StateInput::time) : Optional.empty()));
        Row old = new Row("a", Optional.empty());
        Row row = new Row("a", Optional.of(Instant.EPOCH));

        assertThat(after.read(before.write(old))).isEqualTo(old);
        assertThat(after.read(after.write(row))).isEqualTo(row);
        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> before.read(after.write(row)))
                .withMessageStartingWith(
                        "The stored state has version %d; this release reads versions".formatted(next));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsCutOffOrTooLongIsDamaged(long seed) {
        var bytes = ENVIRONMENTS.write(new RandomDomain(seed).environmentState());

        for (var length : new int[] {0, 1, bytes.length / 2, bytes.length - 1, bytes.length + 1}) {
            assertThatExceptionOfType(UnreadableStateException.class)
                    .as("seed %d, %d of %d bytes", seed, length, bytes.length)
                    .isThrownBy(() -> ENVIRONMENTS.read(Arrays.copyOf(bytes, length)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsNeverTakenForTheFaultOfAnInput(long seed) {
        var random = new Random(seed);
        var bytes = ENVIRONMENTS.write(new RandomDomain(seed).environmentState());
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        try {
            ENVIRONMENTS.read(bytes);
        } catch (UnreadableStateException expected) {
            assertThat(expected).hasMessageContaining("stored state");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDamagedRowDoesNotSpoilTheNextOne(long seed) {
        var codec = StateCodec.ENVIRONMENTS;
        var state = new RandomDomain(seed).environmentState();
        var bytes = codec.write(state);

        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> codec.read(Arrays.copyOf(bytes, bytes.length - 1)));
        assertThat(codec.read(bytes)).as("seed %d", seed).isEqualTo(state);
        assertThat(codec.read(bytes)).as("seed %d, read again", seed).isEqualTo(state);
    }

    private static <T> void assertSurvives(StateCodec<T> codec, T value, long seed) {
        assertThat(codec.read(codec.write(value))).as("seed %d", seed).isEqualTo(value);
    }

    private static void assertFits(String schema, byte[] stored, long seed) {
        var parsed = SchemaFiles.parse("state/" + schema + ".avsc");
        var avro = PlainAvro.of(parsed, stored);
        var value = AvroBytes.generic(parsed, avro);

        assertThat(AvroBytes.of(value)).as("seed %d", seed).isEqualTo(avro);
    }
}
