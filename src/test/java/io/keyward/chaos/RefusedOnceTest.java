package io.keyward.chaos;

import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.RefusalCode;
import io.keyward.topology.contract.Topic;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the check of dead letters finds.
class RefusedOnceTest {
    private static final Place BAD = new Place("cmk.policy-applied", 0, 0);
    private static final Place GOOD = new Place("cmk.environment-changed", 0, 0);
    private static final Outputs.Letter RIGHT = letter(BAD, "UNREADABLE", 1);

    private final History history = new History();

    RefusedOnceTest() {
        history.add(BAD, Told.input(Topic.POLICY_APPLIED, new Input.IsRefused(RefusalCode.UNREADABLE)));
        history.add(GOOD, Told.input(Topic.ENVIRONMENT_CHANGED, new Input.Decides(clean(1, "contoso", "hr"))));
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
        assertThat(violations(RIGHT, letter(new Place("cmk.policy-applied", 0, 7), "UNREADABLE", 1)))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED);
    }

    @Test
    void anotherCodeOrOtherBytesAreNotTheRecordAsReceived() {
        assertThat(violations(letter(BAD, "INVALID_ID", 1))).hasSize(1);
        assertThat(violations(letter(BAD, "UNREADABLE", 2))).hasSize(1);
    }

    private List<Violation> violations(Outputs.Letter... letters) {
        return new RefusedOnce().check(history, new Outputs(List.of(), List.of(), List.of(), List.of(letters)));
    }

    private static Outputs.Letter letter(Place origin, String reason, int value) {
        return new Outputs.Letter(origin, reason, Optional.of(ByteBuffer.wrap(new byte[] {(byte) value})));
    }
}
