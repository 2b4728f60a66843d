package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What readers of signals and warnings learn over time: nothing is missing, in any order of arrival.
class SignalsAndWarningsTest {
    private final ReferenceModel model = new ReferenceModel(Profiles.SEED);
    private final List<Publication> published = new ArrayList<>();

    private void arrive(Event... events) {
        for (Event event : events) {
            published.clear();
            published.addAll(model.accept(event));
        }
    }

    private <T extends Publication> List<T> last(Class<T> kind) {
        return published.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Inventory withFlows() {
        return production().cloudFlows(1, day(0), day(0));
    }

    @Test
    void anAllowanceOfADeletedEnvironmentNamesTheRemoval() {
        arrive(snapshot(day(1), production()), applied(day(2), "p1", "k1"), deleted(day(3)), removed(day(4), "p1"));

        assertThat(last(Publication.OfSignal.class))
                .hasSize(3)
                .allSatisfy(allowed -> assertThat(allowed.reason()).isEqualTo(Rule.R1));
    }

    @Test
    void noWarningIsClearedBeforeItWasRaised() {
        arrive(applied(day(2), "p1", "k1"), snapshot(day(8), withFlows()), removed(day(4), "p1"));

        assertThat(last(Publication.OfWarning.class))
                .filteredOn(warning -> warning.clearedAt().isPresent())
                .extracting(warning -> warning.incident().raisedAt(), Publication.OfWarning::clearedAt)
                .containsExactly(tuple(day(8), Optional.of(day(8))));
    }

    @Test
    void theWarningOfTheLimitIsNotClearedBeforeItWasRaised() {
        arrive(
                Facts.limit(day(1), 1),
                snapshot(day(1), production()),
                applied(day(8), "p1", "k1"),
                Facts.limit(day(2), 5));

        assertThat(last(Publication.OfWarning.class))
                .extracting(warning -> warning.incident().raisedAt(), Publication.OfWarning::clearedAt)
                .containsExactly(tuple(day(8), Optional.of(day(8))));
    }

    /// R20: a cause or a version that is added or ends updates the warning.
    @Test
    void aFurtherCauseOfALockIsPublished() {
        arrive(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
        arrive(revoked(day(5), unpinned("k1"), RevocationCause.KEY_DISABLED));
        arrive(revoked(day(6), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));

        List<Publication.OfWarning> warnings = last(Publication.OfWarning.class);
        assertThat(warnings)
                .extracting(warning -> warning.incident().raisedAt(), Publication.OfWarning::clearedAt)
                .containsExactly(tuple(day(5), Optional.empty()));
        assertThat(warnings.getLast().status()).isEqualTo(Publication.Status.UPDATED);
        assertThat(warnings.getLast().message()).contains("disabled", "network");
        assertThat(published).hasSize(1);
    }

    @Test
    void aFurtherVersionOfALockIsPublished() {
        arrive(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k1"),
                rotated(day(3), "k1", "v1"),
                rotated(day(4), "k1", "v2"),
                rotated(day(5), "k1", "v3"),
                revoked(day(6), pinned("k1", "v1"), RevocationCause.KEY_DISABLED));
        arrive(revoked(day(7), pinned("k1", "v2"), RevocationCause.KEY_DISABLED));

        List<Publication.OfWarning> warnings = last(Publication.OfWarning.class);
        assertThat(warnings).extracting(Publication.OfWarning::status).containsExactly(Publication.Status.UPDATED);
        assertThat(warnings.getLast().message()).contains("v1", "v2");
    }

    @Test
    void aCauseThatEndsIsPublishedAndOneThatIsStatedAgainIsNot() {
        arrive(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k1"),
                revoked(day(5), unpinned("k1"), RevocationCause.KEY_DISABLED),
                revoked(day(6), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));
        arrive(revoked(day(7), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));
        assertThat(published).isEmpty();

        arrive(restored(day(8), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));
        assertThat(last(Publication.OfWarning.class))
                .extracting(Publication.OfWarning::status)
                .containsExactly(Publication.Status.UPDATED);
        assertThat(last(Publication.OfWarning.class).getFirst().message())
                .contains("disabled")
                .doesNotContain("network");
    }

    @Test
    void aCauseThatEndedAndBeginsAgainIsPublishedAgain() {
        arrive(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k1"),
                revoked(day(5), unpinned("k1"), RevocationCause.KEY_DISABLED),
                revoked(day(6), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                restored(day(8), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));
        arrive(revoked(day(9), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));

        assertThat(last(Publication.OfWarning.class))
                .extracting(Publication.OfWarning::status)
                .containsExactly(Publication.Status.UPDATED);
    }

    /// The key has changed: the text about the former key is not true of this one.
    @Test
    void theSameCauseOfAnotherKeyIsPublished() {
        arrive(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k1"),
                revoked(day(5), "k1"),
                applied(day(6), "p2", "k2"),
                revoked(day(7), "k2"));
        arrive(restored(day(8), "k1"));

        assertThat(last(Publication.OfWarning.class))
                .filteredOn(warning -> warning.code() == WarningCode.KEY_REVOKED)
                .singleElement()
                .satisfies(warnings -> {
                    assertThat(warnings.status()).isEqualTo(Publication.Status.UPDATED);
                    assertThat(warnings.message()).contains("keys/k2 ");
                });
    }
}
