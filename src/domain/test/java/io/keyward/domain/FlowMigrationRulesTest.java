package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// R3a: what is published about a migration, and until when.
class FlowMigrationRulesTest {
    private static final Instant APPLIED = day(10);

    /// A policy applied on day 10, and a report of such an environment.
    private static RuleTable.Given under(Instant at, Inventory reported, Event... events) {
        return given(List.of(applied(APPLIED, "p1", "k1"), snapshot(at, reported)), List.of(events))
                .by(Profiles.MIGRATE);
    }

    /// Three cloud flows, all older than the policy.
    private static Inventory older() {
        return production().cloudFlows(3, day(1), day(2));
    }

    /// The warning is raised before the first report comes, and again when there is more to name.
    @Test
    void theWarningIsUpdatedWhenItsContentChanges() {
        String text = Profiles.MIGRATE.flowWarning();
        List<Event> events = List.of(
                snapshot(day(1), older()),
                applied(APPLIED, "p1", "k1"),
                snapshot(day(11), older().reported(3)),
                snapshot(day(12), older().reported(2)),
                snapshot(day(13), older().reported(2, "f1", "f2")),
                snapshot(day(14), older().reported(1, "f2")));

        assertThat(ReferenceModel.publications(Profiles.MIGRATE, events).stream()
                        .filter(Publication.OfWarning.class::isInstance)
                        .map(Publication.OfWarning.class::cast)
                        .map(warning -> warning.cause().occurredAt() + " " + warning.message()))
                .containsExactly(
                        APPLIED + " " + text,
                        day(11) + " " + text + ". The platform reports 3 of 3 cloud flows under that key.",
                        day(13) + " " + text + ". The platform reports 2 of 3 cloud flows under that key."
                                + " It cannot migrate these flows: f1, f2.",
                        day(14) + " " + text + ". The platform reports 1 of 3 cloud flows under that key."
                                + " It cannot migrate these flows: f2.");
    }

    /// The end of the 30 days is due without another event (R25).
    @Test
    void theEndOfThe30DaysIsADeadline() {
        assertThat(dueAt(under(day(13), production().migrationDone(day(12))))).contains(day(42));
        assertThat(dueAt(under(day(13), production().migrationDone(day(12)), Facts.reached(day(42)))))
                .isEmpty();
        assertThat(dueAt(under(day(13), production().migrationDone(APPLIED)))).isEmpty();
        assertThat(dueAt(under(day(13), production().migrationDone(Instant.ofEpochMilli(Long.MAX_VALUE)))))
                .as("an end that is farther away than any time that can be stored")
                .isEmpty();
    }

    private static Optional<Instant> dueAt(RuleTable.Given given) {
        return given.model().verdict(Facts.E1).orElseThrow().dueAt();
    }
}
