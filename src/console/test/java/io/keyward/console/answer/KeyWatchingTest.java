package io.keyward.console.answer;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.Events;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How well the key watch watches a key, beside the facts about it (W2).
class KeyWatchingTest {
    private static final RuleProfile PROFILE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final KeyId KEY = Events.key("k1");
    private static final Instant NOW = day(20);
    private static final WatchStatus DENIED =
            new WatchStatus(WatchState.DENIED, Optional.of("NETWORK"), false, day(10));
    private static final WatchStatus USABLE = new WatchStatus(WatchState.WATCHED, Optional.empty(), true, day(11));

    @TempDir
    private Path folder;

    private FilledReplica replica;

    @BeforeEach
    void open() {
        replica = FilledReplica.start(folder, PROFILE);
        replica.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
    }

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void whereNoWatchHasReportedNothingIsShown() {
        assertThat(watch()).isEmpty();
    }

    @Test
    void aDenialHasItsReasonAndItsBeginAndChangesNoOtherAnswer() {
        KeyAnswer before = answer();
        watched(DENIED, day(19));
        KeyWatching watch = watch().orElseThrow();
        assertThat(watch.state()).isEqualTo(WatchState.DENIED);
        assertThat(watch.reason()).contains("NETWORK");
        assertThat(watch.since()).isEqualTo(day(10));
        assertThat(watch.reportedAt()).isEqualTo(day(19));
        assertThat(watch.sentence()).startsWith("Not watched: the vault's firewall or private link blocks Keyward.");
        assertThat(watch.remarks()).isEmpty();
        assertThat(answer().staleness()).isEqualTo(before.staleness());
    }

    @Test
    void theRevocationOfAnotherSourceStandsBesideUsableForKeyward() {
        replica.given(
                revoked(5, "contoso", "k1", RevocationCause.ACCESS_REMOVED),
                revoked(6, "contoso", "k1", RevocationCause.KEY_DISABLED),
                ours(RevocationCause.NETWORK_BLOCKED));
        watched(USABLE, day(19));
        KeyWatching watch = watch().orElseThrow();
        assertThat(watch.sentence()).isEqualTo("Usable for Keyward.");
        assertThat(watch.since()).isEqualTo(day(11));
        assertThat(watch.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark)
                        .startsWith("ACCESS_REMOVED of " + day(5))
                        .contains(
                                "its source closes it, or an operator with key-restored",
                                "keyward.vault.identity = policy"));
    }

    @Test
    void aRevocationOfTheWatchStaysWhileTheKeyIsNotWatched() {
        replica.given(ours(RevocationCause.KEY_DISABLED));
        watched(DENIED, day(19));
        assertThat(watch().orElseThrow().remarks())
                .containsExactly("KEY_DISABLED of %s, which the key watch has published, stays until the key answers."
                        .formatted(day(7)));
    }

    @Test
    void aTombstoneEndsIt() {
        watched(USABLE, day(19));
        replica.watched(CONTOSO, KEY, Optional.empty(), NOW);
        assertThat(watch()).isEmpty();
    }

    @Test
    void whatAWatchDoesNotRepeatForTwoDaysIsNotShown() {
        watched(USABLE, NOW.minus(Duration.ofDays(2)).plusMillis(1));
        assertThat(watch()).isPresent();
        watched(USABLE, NOW.minus(Duration.ofDays(2)));
        assertThat(watch()).isEmpty();
    }

    @Test
    void theSameAddressInAnotherTenantIsAnotherKey() {
        replica.watched(new TenantId("fabrikam"), KEY, Optional.of(DENIED), day(19));
        assertThat(watch()).isEmpty();
    }

    private static Event ours(RevocationCause cause) {
        return new Event.KeyRevoked(
                CONTOSO, new Stamp(day(7), new EventId("vault-watch-1")), KEY, Optional.empty(), cause);
    }

    private void watched(WatchStatus status, Instant reportedAt) {
        replica.watched(CONTOSO, KEY, Optional.of(status), reportedAt);
    }

    private Optional<KeyWatching> watch() {
        return answer().watch();
    }

    private KeyAnswer answer() {
        Questions questions = new Questions(
                new Decider(PROFILE),
                new WhatIf(TopologyHarness.NAMES, PROFILE, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                () -> NOW);
        try (ReplicaView view = replica.view()) {
            return questions.key(view, CONTOSO, KEY, Optional.empty(), 10).orElseThrow();
        }
    }
}
