package io.keyward.proof.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EventHistories;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.event.Event;
import io.keyward.proof.Report;
import io.keyward.proof.Unverifiable;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every output of any history can be verified alone.
class OutputPropertiesTest {
    @Provide
    Arbitrary<List<Event>> histories() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Property(tries = 60)
    void everyOutputOfAnyHistoryHolds(@ForAll("histories") List<Event> history, @ForAll long seed) {
        try (OutputVerificationTest.Verified verified = new OutputVerificationTest.Verified(
                EventHistories.disturbed(history, seed).toArray(Event[]::new))) {
            verified.outputs().forEach(output -> {
                Report report = verified.verify(output);
                assertThat(report.findings()).isEmpty();
                assertThat(report.unverifiable())
                        .extracting(Unverifiable::sentence)
                        .allSatisfy(sentence -> assertThat(sentence).contains("limit of a tenant"));
            });
        }
    }
}
