package io.keyward.domain;

import static io.keyward.domain.EnforcementRulesTest.dataverse;
import static io.keyward.domain.EnforcementRulesTest.reporting;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_DRIFT;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_LATE;
import static io.keyward.domain.decision.WarningCode.UNEXPECTED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is published of reports: each change once, and nothing for what is already published.
class EnforcementPublicationsTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";

    private static Event under(Instant at, String key, String version) {
        return reported(at, dataverse().under(key, version, 1));
    }

    private static List<String> messages(List<Publication> publications) {
        return publications.stream()
                .filter(Publication.OfWarning.class::isInstance)
                .map(Publication.OfWarning.class::cast)
                .map(warning -> warning.status() + " " + warning.code()
                        + warning.incident().subjects() + ": " + warning.message())
                .toList();
    }

    private static ReferenceModel after(Event... events) {
        return reporting(events).model();
    }

    @Test
    void aRepeatedReportPublishesNothing() {
        Event report = reported(day(3), dataverse().failed(2, "i1"));
        ReferenceModel model = after(report);
        assertThat(model.accept(report)).isEmpty();
        assertThat(model.accept(reported(day(4), dataverse().failed(2, "i1")))).isEmpty();
    }

    @Test
    void aProofIsADecisionOfItsOwn() {
        ReferenceModel model = after(reported(day(3), dataverse().incomplete()));
        assertThat(model.accept(under(day(4), "k1", "v1"))).hasSize(1);
        assertThat(model.accept(under(day(5), "k1", "v1"))).isEmpty();
    }

    @Test
    void anotherCountOfFailedItemsIsNotPublished() {
        ReferenceModel model = after(reported(day(3), dataverse().failed(2, "i1")));
        assertThat(model.accept(reported(day(4), dataverse().failed(7, "i1")))).isEmpty();
    }

    @Test
    void aFurtherFailedItemIsAnUpdate() {
        ReferenceModel model = after(reported(day(3), dataverse().failed(2, "i2")));
        assertThat(messages(model.accept(reported(day(4), dataverse().failed(2, "i2", "i1")))))
                .containsExactly(
                        "UPDATED ENFORCEMENT_FAILED[DATAVERSE]: The latest reports say that components of environment e1"
                                + " could not be moved to the key that they should be under. Dataverse: to the key "
                                + K1
                                + "/v1. Items that failed: 2, among them i1, i2.");
    }

    @Test
    void whatItFailsToComeUnderIsAnUpdate() {
        ReferenceModel model = after(reported(day(7), dataverse().phase(Phase.FAILED)));
        assertThat(messages(model.accept(rotated(day(5), "k1", "v2"))))
                .singleElement()
                .asString()
                .startsWith("UPDATED ")
                .contains("to the key " + K1 + "/v2.");
    }

    @Test
    void aFurtherUnexpectedKeyIsAnUpdate() {
        ReferenceModel model = after(under(day(7), "k9", "v1"));
        assertThat(messages(model.accept(under(day(8), "k9", "v1")))).isEmpty();
        assertThat(messages(model.accept(
                        reported(day(9), dataverse().under("k9", "v1", 7).under("k8", "v1", 1)))))
                .singleElement()
                .asString()
                .startsWith("UPDATED ")
                .contains("keys/k8/v1, https://contoso.vault.azure.net/keys/k9/v1.");
        assertThat(messages(model.accept(under(day(10), "k1", "v1"))))
                .containsExactly("CLEARED UNEXPECTED_KEY[DATAVERSE]: "
                        + UNEXPECTED_KEY.clearedMessage().replace("%0$s", "environment e1"));
    }

    /// The published key is the same, but it is a change that no policy is in effect any more, and so is the
    /// severity.
    @Test
    void anUnexpectedKeyWithoutAPolicyInEffectIsAnUpdate() {
        ReferenceModel model = after(under(day(7), "k9", "v1"));
        assertThat(messages(model.accept(removed(day(8), "p1"))))
                .filteredOn(message -> message.contains(UNEXPECTED_KEY.name()))
                .singleElement()
                .asString()
                .startsWith("UPDATED ")
                .contains("keys/k9/v1, although no policy");
        assertThat(model.verdict(Facts.E1)
                        .orElseThrow()
                        .openWarnings()
                        .get(UNEXPECTED_KEY)
                        .severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aFurtherKeyOfItemsThatDriftedIsAnUpdate() {
        ReferenceModel model = after(
                under(day(3), "k1", "v1"),
                reported(day(4), dataverse().incomplete().microsoftManaged(1)));
        assertThat(model.accept(reported(day(5), dataverse().incomplete().microsoftManaged(2))))
                .isEmpty();
        assertThat(messages(model.accept(reported(
                        day(6), dataverse().incomplete().microsoftManaged(1).under("k1", "v0", 1)))))
                .singleElement()
                .asString()
                .startsWith("UPDATED ENFORCEMENT_DRIFT[DATAVERSE]: ")
                .contains("Microsoft-managed key, the key " + K1 + "/v0");
    }

    @Test
    void whatIsLateByOtherDatesIsAnUpdate() {
        ReferenceModel model = after(reached(day(20)));
        assertThat(messages(model.accept(rotated(day(12), "k1", "v2"))))
                .filteredOn(message -> message.contains(ENFORCEMENT_LATE.name()))
                .singleElement()
                .asString()
                .startsWith("UPDATED ")
                .contains("Dataverse: with the key " + K1 + "/v2 since", "to be shown by 2026-01-14 00:00 UTC.");
    }

    @Test
    void aDriftThatIsRemediatedEnds() {
        ReferenceModel model = after(
                under(day(3), "k1", "v1"),
                reported(day(4), dataverse().incomplete().microsoftManaged(1)));
        assertThat(messages(model.accept(under(day(5), "k1", "v1"))))
                .containsExactly("CLEARED ENFORCEMENT_DRIFT[DATAVERSE]: "
                        + ENFORCEMENT_DRIFT.clearedMessage().replace("%0$s", "environment e1"));
    }
}
