package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is published of how well keys are watched.
class WatchReportsTest {
    private static final KeyId OTHER = new KeyId(KEY.vaultUri(), "other");
    private static final WatchStatus WAITING = new WatchStatus(WatchState.WAITING, Optional.empty(), false, at(0));

    private final DrivenWatch driven = new DrivenWatch(VirtualWeeksTest.DEFAULT);

    @Test
    void aStateIsPublishedWhenTheWatchBeginsAndWhenItChangesAndNotOtherwise() {
        driven.list(Set.of(KEY));
        assertThat(reports()).containsExactly(report(KEY, Optional.of(WAITING)));
        assertThat(reports()).isEmpty();

        driven.answers = _ -> denied(DenialReason.RBAC);
        driven.runUntil(at(10));
        WatchStatus denied = status(KEY);
        assertThat(denied).isEqualTo(new WatchStatus(WatchState.DENIED, Optional.of("RBAC"), false, denied.since()));
        assertThat(denied.since()).isBetween(at(0), at(10));
        driven.runUntil(at(60));
        assertThat(reports()).isEmpty();

        driven.answers = _ -> denied(DenialReason.POLICY);
        driven.runUntil(at(90));
        assertThat(status(KEY).reason()).contains("POLICY");

        driven.answers = _ -> found(ProbeOutcome.USABLE, "v1");
        driven.runUntil(at(120));
        WatchStatus usable = status(KEY);
        assertThat(usable).isEqualTo(new WatchStatus(WatchState.WATCHED, Optional.empty(), true, usable.since()));
        assertThat(usable.since()).isBetween(at(90), at(120));

        driven.answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        driven.runUntil(at(150));
        assertThat(status(KEY).usable()).isFalse();
    }

    @Test
    void theSameIsPublishedOnceADay() {
        driven.list(Set.of(KEY));
        reports();
        driven.now = at(0).plus(Duration.ofDays(1)).minusMillis(1);
        assertThat(reports()).isEmpty();
        driven.now = driven.now.plusMillis(1);
        assertThat(reports()).containsExactly(report(KEY, Optional.of(WAITING)));
        assertThat(reports()).isEmpty();
    }

    @Test
    void aKeyThatIsNotUsedAnyMoreGetsATombstone() {
        driven.list(Set.of(KEY, OTHER));
        assertThat(reports()).hasSize(2);
        driven.list(Set.of(OTHER));
        assertThat(reports()).containsExactly(report(KEY, Optional.empty()));
        assertThat(reports()).isEmpty();
    }

    @Test
    void whatMayNotHaveArrivedIsPublishedAgain() {
        driven.list(Set.of(KEY));
        driven.watch.failed(reports().getFirst());
        assertThat(reports()).containsExactly(report(KEY, Optional.of(WAITING)));
        driven.list(Set.of());
        WatchReport tombstone = reports().getFirst();
        driven.watch.failed(tombstone);
        assertThat(reports()).containsExactly(tombstone);
    }

    @Test
    void nothingIsPublishedAboutThePartitionsOfOtherInstances() {
        WatchReports reports = new WatchReports();
        Set<TenantKeyReference> keys = Set.of(new TenantKeyReference(CONTOSO, new KeyReference(KEY, Optional.empty())));
        assertThat(reports.changes(Map.of(0, keys), _ -> Optional.of(WAITING), at(0)))
                .hasSize(1);
        assertThat(reports.changes(Map.of(), _ -> Optional.of(WAITING), at(1))).isEmpty();
        assertThat(reports.changes(Map.of(0, Set.of()), _ -> Optional.of(WAITING), at(2)))
                .isEmpty();
    }

    private WatchStatus status(KeyId key) {
        List<WatchReport> reports = reports();
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.key()).isEqualTo(key));
        return reports.getFirst().status().orElseThrow();
    }

    private List<WatchReport> reports() {
        driven.watch.states(driven.now);
        return driven.watch.reports(driven.now);
    }

    private static WatchReport report(KeyId key, Optional<WatchStatus> status) {
        return new WatchReport(0, CONTOSO, key, status);
    }
}
