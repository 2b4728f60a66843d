package io.keyward.console.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By which revision a component is proven to be encrypted as decided (R29), by the records that are known.
class ProofsTest {
    private static final Instant DESIRED = Instant.parse("2026-03-01T00:00:00Z");

    /// Each character is what a revision says, from the first one to the present one: E(nforced), U(nreported),
    /// b(egins: unreported, by the event that makes it desired), D(rifted), o(ther: enforced since another time),
    /// - (nothing), x (the environment is deleted), N(ew: a status that this release does not know), ? (its
    /// record is not known).
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            of the first revision                  | E      | 1 exact
            after it was desired                   | -UE    | 3 exact
            repeated by later revisions            | -UEEE  | 3 exact
            enforced since another time before     | oE     | 2 exact
            enforced since another time twice      | EoE    | 3 exact
            drifted and enforced again             | -UEDE  | 3 exact interrupted
            drifted                                | -UED   | 3 exact interrupted
            drifted before it was ever proven      | -UDE   | 4 exact
            never proven                           | -UU    | none
            nothing desired now                    | -E-    | none
            revisions missing before               | ?E     | 2
            revisions missing in between           | -E?E   | 4
            the first one that is known is not it  | ?UE    | 3
            unreported since it became desired     | ?bUE   | 4 exact
            never proven since it became desired   | ?b     | none
            deleted in between                     | -ExE   | 2 exact
            deleted and nothing before             | xE     | 2 exact
            not told in between                    | E-E    | 3 exact
            by a status that is new                | NE     | 2 exact
            proven, then of a status that is new   | ENE    | 1 exact interrupted
            """)
    void isProvenByTheFirstRevisionThatSaysSo(String name, String revisions, String expected) {
        Proofs proofs = proofs(revisions, true);
        assertThat(words(proofs)).isEqualTo(expected);
        assertThat(proofs.settled())
                .isEqualTo(expected.contains("exact") || !revisions.contains("?") || revisions.contains("b"));
    }

    @Test
    void aProofNamesTheEventAndTheCoordinatesOfItsRecord() {
        Proof proof = proofs("-UE", true).all().get(Component.DATAVERSE);
        assertThat(proof.decidedAt()).contains(DESIRED.plusSeconds(3));
        assertThat(proof.cause().orElseThrow().eventId()).isEqualTo("e3");
        assertThat(proof.before()).contains("c3");
    }

    @Test
    void aRevisionWhoseRecordIsNotReadYetIsAProofWithoutATime() {
        Proofs proofs = proofs("-UE", false);
        Proof proof = proofs.all().get(Component.DATAVERSE);
        assertThat(words(proofs)).isEqualTo("3 exact");
        assertThat(proof.decidedAt()).isEmpty();
        assertThat(proof.cause()).isEmpty();
    }

    @Test
    void nothingIsToBeReadWhereNothingIsDesired() {
        assertThat(new Proofs(io.keyward.domain.decision.Published.NOTHING, Map.of()).settled())
                .isTrue();
    }

    private static String words(Proofs proofs) {
        return Optional.ofNullable(proofs.all().get(Component.DATAVERSE))
                .map(proof -> proof.revision()
                        + (proof.exact() ? " exact" : "")
                        + (proof.interrupted() ? " interrupted" : ""))
                .orElse("none");
    }

    /// @param present whether the record of the present revision is known
    private static Proofs proofs(String revisions, boolean present) {
        int last = revisions.length();
        Map<Long, Proofs.Read> records = new HashMap<>();
        for (int revision = 1; revision <= last; revision++) {
            if (revisions.charAt(revision - 1) != '?' && (present || revision < last)) {
                records.put(
                        (long) revision,
                        new Proofs.Read(record(revision, revisions.charAt(revision - 1)), Optional.of("c" + revision)));
            }
        }
        Map<Component, Enforcement> now = statusOf(revisions.charAt(last - 1))
                .map(status -> Map.of(Component.DATAVERSE, new Enforcement(EnforcementStatus.valueOf(status), DESIRED)))
                .orElse(Map.of());
        return new Proofs(Decisions.published(last, Decisions.of("k", "v1", Map.of(), now)), records);
    }

    private static Optional<String> statusOf(char revision) {
        return switch (revision) {
            case 'E', 'o' -> Optional.of("ENFORCED");
            case 'U', 'b' -> Optional.of("UNREPORTED");
            case 'D' -> Optional.of("DRIFTED");
            case 'N' -> Optional.of("IMAGINED");
            default -> Optional.empty();
        };
    }

    private static ObjectNode record(int revision, char code) {
        ObjectNode decision = JsonNodeFactory.instance.objectNode();
        decision.put("encryptionState", code == 'x' ? "DELETED" : "CUSTOMER_MANAGED");
        decision.put("decidedAt", DESIRED.plusSeconds(revision).toString());
        decision.putObject("cause")
                .put("eventId", "e" + revision)
                .put("occurredAt", (code == 'b' ? DESIRED : DESIRED.plusSeconds(revision)).toString());
        var enforcement = decision.putArray("enforcement");
        enforcement
                .addObject()
                .put("component", "CLOUD_FLOWS")
                .put("status", "ENFORCED")
                .put("desiredSince", DESIRED.toString());
        statusOf(code)
                .ifPresent(status -> enforcement
                        .addObject()
                        .put("component", "DATAVERSE")
                        .put("status", status)
                        .put("desiredSince", (code == 'o' ? DESIRED.minusMillis(1) : DESIRED).toString()));
        return decision;
    }
}
