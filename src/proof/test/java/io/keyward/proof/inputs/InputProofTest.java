package io.keyward.proof.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventReader;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.Profiles;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InputProofTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");

    @Test
    void withoutABaseEveryInputMustBeginAtItsFirstRecord() {
        assertThat(deleted(Optional.empty(), "cmk.key-revoked", 0)).isEmpty();
        assertThat(deleted(Optional.empty(), "cmk.key-revoked", 5))
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.topic()).isEqualTo("cmk.key-revoked");
                    assertThat(left.partition()).isEqualTo(1);
                    assertThat(left.sentence()).contains("offsets 0 to 4", "no base");
                });
        assertThat(deleted(Optional.empty(), "cmk.time-reached", 1)).isNotEmpty();
    }

    @Test
    void aBaseCoversWhatLiesBelowItsPosition() {
        Optional<Base> base = Optional.of(base(0));
        assertThat(deleted(base, "cmk.key-revoked", 17)).isEmpty();
        assertThat(deleted(base, "cmk.key-revoked", 18))
                .singleElement()
                .satisfies(left -> assertThat(left.sentence()).contains("offsets 17 to 17", "the base"));
        assertThat(deleted(base, "cmk.key-restored", 1)).isNotEmpty();
    }

    @Test
    void reroutedRecordsAreNeededOnlyIfTheBaseWaitedForThem() {
        assertThat(deleted(Optional.empty(), "cmk.rerouted", 9)).isEmpty();
        assertThat(deleted(Optional.of(base(0)), "cmk.rerouted", 9)).isEmpty();
        assertThat(deleted(Optional.of(base(4)), "cmk.rerouted", 9)).isNotEmpty();
    }

    @Test
    void otherTopicsDoNotMatter() {
        assertThat(deleted(Optional.empty(), "cmk.dead-letters", 9)).isEmpty();
        assertThat(deleted(Optional.empty(), "keyward-keys-changelog", 9)).isEmpty();
    }

    private static List<Unverifiable> deleted(Optional<Base> base, String topic, long beginning) {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        Subject subject = new Subject(Map.of(), "keyward", NAMES, Profiles.SEED, registry);
        Admission admission = new Admission(
                new EventReader(ValueSerde.own(registry, SerializerSettings.DEFAULT)), NAMES, Bounds.DEFAULT);
        Optional<BaseFolder> folder = base.map(made -> new BaseFolder(Path.of("base"), made));
        return new InputProof(subject, admission, folder, ProofProgress.NONE)
                .deleted(Map.of(new TopicPartition(topic, 1), beginning));
    }

    private static Base base(long reroutedEnd) {
        return new Base(
                Base.FORMAT,
                "keyward",
                2,
                List.of(
                        new Base.LogEnds(Position.start(0).toString(), 0, Map.of()),
                        new Base.LogEnds(
                                Position.of(1, Map.of(Topic.KEY_REVOKED, 17L)).toString(), reroutedEnd, Map.of())),
                Instant.EPOCH.toString(),
                "",
                "",
                Map.of());
    }
}
