package io.keyward.chaos.guarantee;

import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.Input;
import io.keyward.chaos.load.SentInputs;
import io.keyward.client.Coordinates;
import io.keyward.client.Topic;
import io.keyward.domain.id.RefusalCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the check of dead letters finds.
class RefusedOnceTest {
    private static final Coordinates BAD = new Coordinates("cmk.policy-applied", 0, 0);
    private static final Coordinates GOOD = new Coordinates("cmk.environment-changed", 0, 0);
    private static final Outputs.DeadLetter RIGHT = letter(BAD, "UNREADABLE", 1);

    private final SentInputs history = new SentInputs();

    RefusedOnceTest() {
        history.add(BAD, SampleRun.input(Topic.POLICY_APPLIED, new Input.IsRefused(RefusalCode.UNREADABLE)));
        history.add(GOOD, SampleRun.input(Topic.ENVIRONMENT_CHANGED, new Input.Decides(clean(1, "contoso", "hr"))));
    }

    @Test
    void oneLetterForTheBadRecordIsRight() {
        assertThat(violations(RIGHT)).isEmpty();
    }

    @Test
    void aMissingLetterIsLost() {
        assertThat(violations()).extracting(Violation::kind).containsExactly(Violation.Kind.LOST);
    }

    @Test
    void aSecondLetterIsDoubled() {
        assertThat(violations(RIGHT, RIGHT)).extracting(Violation::kind).containsExactly(Violation.Kind.DOUBLED);
    }

    @Test
    void aLetterForAGoodRecordIsALostRecord() {
        assertThat(violations(RIGHT, letter(GOOD, "UNREADABLE", 1)))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.LOST);
    }

    @Test
    void aLetterForNoRecordMustNotBe() {
        assertThat(violations(RIGHT, letter(new Coordinates("cmk.policy-applied", 0, 7), "UNREADABLE", 1)))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED);
    }

    @Test
    void anotherCodeOrOtherBytesAreNotTheRecordAsReceived() {
        assertThat(violations(letter(BAD, "INVALID_ID", 1))).hasSize(1);
        assertThat(violations(letter(BAD, "UNREADABLE", 2))).hasSize(1);
    }

    private List<Violation> violations(Outputs.DeadLetter... letters) {
        return new RefusedOnce().check(history, new Outputs(List.of(), List.of(), List.of(), List.of(letters)));
    }

    private static Outputs.DeadLetter letter(Coordinates origin, String reason, int value) {
        return new Outputs.DeadLetter(origin, reason, Optional.of(ByteBuffer.wrap(new byte[] {(byte) value})));
    }
}
