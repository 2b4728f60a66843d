package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// R15: how many gaps are remembered.
class SuppressionRulesTest {
    @Test
    void beyond32ApplicationsTheGapLastsFromTheOldestEvictedToTheOldestKept() {
        List<Event> events = new ArrayList<>(List.of(snapshot(day(1), production())));
        for (int n = 0; n < 35; n++) {
            events.add(as("a" + n, applied(day(2 + 2 * n), "p1", "k1")));
            events.add(as("r" + n, removed(day(3 + 2 * n), "p1")));
        }
        Signal last = given(events).publications().stream()
                .filter(Publication.OfSignal.class::isInstance)
                .map(publication -> ((Publication.OfSignal) publication).signal())
                .reduce((_, next) -> next)
                .orElseThrow();

        assertThat(last.gaps()).hasSize(32);
        assertThat(last.gaps().getFirst()).isEqualTo(new TimeRange(day(2), day(2 + 2 * 3 + 1)));
        assertThat(last.gaps().getLast()).isEqualTo(new TimeRange(day(2 + 2 * 34), day(3 + 2 * 34)));
    }
}
