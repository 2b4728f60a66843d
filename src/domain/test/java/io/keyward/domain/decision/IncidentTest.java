package io.keyward.domain.decision;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of a warning that is open.
class IncidentTest {
    private static final WarningCode CODE = WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED;
    private static final OpenWarning WARNING = OpenWarning.about(CODE, List.of("a", "b"), "a, b");
    private static final Cause FIRST = new Cause("PolicyApplied", "e1", day(2), "cmk.policy-applied", 3, 17);

    @Test
    void anUpdateKeepsItsIdAndItsTime() {
        Incident raised = Incident.raised(WARNING, 4, FIRST);
        Incident updated = raised.updated(OpenWarning.about(CODE, List.of("b"), "b"));

        assertThat(raised.id().text(CODE)).isEqualTo(CODE + ":4:cmk.policy-applied-3-17");
        assertThat(raised.sequence()).isEqualTo(1);
        assertThat(updated.id()).isEqualTo(raised.id());
        assertThat(updated.sequence()).isEqualTo(2);
        assertThat(updated.raisedAt()).isEqualTo(day(2));
        assertThat(updated.subjects()).containsExactly("b");
    }

    @Test
    void anIdIsReadAsItIsPublished() {
        String text = "HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED:4:cmk.policy-applied-3-17";

        assertThat(IncidentId.parse(text).text(CODE)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KEY_REVOKED", "KEY_REVOKED:4", "KEY_REVOKED:4:t", "KEY_REVOKED:4:t-0", ":4:t-0-1"})
    void anIdThatNoRecordHoldsIsNamed(String text) {
        assertThatThrownBy(() -> IncidentId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aRecordHoldsAllButTheDigest() {
        Incident raised = Incident.raised(WARNING, 4, FIRST);

        assertThat(raised.fingerprint()).isNotZero();
        assertThat(raised.asRecorded())
                .isEqualTo(new Incident(raised.id(), 1, day(2), CODE.severity(), List.of("a", "b"), 2, 0));
    }

    @Test
    void aRecordHasAnIncidentAndANumber() {
        Incident raised = Incident.raised(WARNING, 4, FIRST);

        assertThat(raised.isOfTheRecordOf(raised.asRecorded())).isTrue();
        assertThat(raised.isOfTheRecordOf(raised.next())).isFalse();
        assertThat(raised.isOfTheRecordOf(Incident.raised(WARNING, 5, FIRST))).isFalse();
    }

    @Test
    void everySubjectIsDistinguished() {
        Set<Long> digests = IntStream.range(0, 1_000)
                .mapToObj(n -> OpenWarning.about(CODE, List.of("group-" + n), "group"))
                .map(OpenWarning::fingerprint)
                .collect(Collectors.toSet());

        assertThat(digests).hasSize(1_000);
        assertThat(OpenWarning.about(CODE, List.of("a", "b"), "c").fingerprint())
                .isNotEqualTo(OpenWarning.about(CODE, List.of("ab"), "c").fingerprint())
                .isNotEqualTo(OpenWarning.about(CODE, List.of("b", "a"), "c").fingerprint());
    }

    @Test
    void aHundredSubjectsAreNamedAndAllAreCounted() {
        List<String> many = IntStream.range(0, 101).mapToObj(n -> "group-" + n).toList();
        Incident incident = Incident.raised(OpenWarning.about(CODE, many, "many"), 1, FIRST);

        assertThat(incident.subjects()).isEqualTo(many.subList(0, 100));
        assertThat(incident.subjectCount()).isEqualTo(101);
        assertThat(incident.matches(OpenWarning.about(CODE, many.subList(0, 100), "many")))
                .as("a change behind the 100th is a change")
                .isFalse();
    }
}
