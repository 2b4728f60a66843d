package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.KeywardTopologyTest.decisions;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Causes that concern more environments than one budget allows.
class FanOutSchedulerTest {
    /// The progress that the topology reported, in order.
    private static final class RecordedProgress implements FlowObserver {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void fannedOut(long environments) {
            lines.add("all " + environments);
        }

        @Override
        public void reachedByFanOut(int environments) {
            lines.add("went " + environments);
        }

        @Override
        public void fanOutsWaiting(int partition, int fanOuts) {
            lines.add("waiting " + fanOuts);
        }
    }

    private final RecordedProgress progress = new RecordedProgress();
    private TopologyHarness topology = start(FanOutLimits.upTo(2));

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void tenantsTakeTurnsSoThatNoneWaitsForTheCompleteFanOutOfAnother() {
        environmentsOnAKey("contoso", 7);
        environmentsOnAKey("fabrikam", 3);
        topology.given(revoked(3, "contoso", "k1"), revoked(3, "fabrikam", "k1"));

        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 3), locked("contoso", 4));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("fabrikam", 3));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 5), locked("contoso", 6));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 7));
        assertThat(decisions(topology.afterAWhile())).isEmpty();
    }

    @Test
    void ofOneTenantTheOlderFanOutIsDoneFirst() {
        environmentsOnAKey("contoso", 5);
        topology.given(clean(1, "contoso", "x1"), clean(1, "contoso", "x2"), clean(1, "contoso", "x3"));
        for (int number = 1; number <= 3; number++) {
            topology.given(applied(2, "contoso", "x" + number, "k2"));
        }
        topology.given(revoked(3, "contoso", "k1"), revoked(3, "contoso", "k2"));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 3), locked("contoso", 4));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 5));
        assertThat(decisions(topology.afterAWhile())).containsExactly("contoso/x3 r3 LOCKED WARNING");
    }

    @Test
    void theProgressOfAFanOutCanBeSeenAndOneKeyEventIsCountedOnceWithAllThatItReached() {
        environmentsOnAKey("contoso", 5);
        progress.lines.clear();
        topology.given(revoked(3, "contoso", "k1"));
        topology.afterAWhile();
        topology.afterAWhile();
        topology.afterAWhile();
        assertThat(progress.lines).containsExactly("went 2", "waiting 1", "went 2", "went 1", "all 5", "waiting 0");
    }

    /// A budget without any time still reaches one environment.
    @Test
    void whereEnvironmentsAreDearTheTimeEndsAGo() {
        topology.close();
        topology = start(new FanOutLimits(5_000, Duration.ZERO));
        environmentsOnAKey("contoso", 3);
        assertThat(decisions(topology.when(revoked(3, "contoso", "k1")))).containsExactly(locked("contoso", 1));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 2));
        assertThat(decisions(topology.afterAWhile())).containsExactly(locked("contoso", 3));
    }

    @Test
    void aRaisedLimitEnablesThoseWhoWaitInTheirOrderOverSeveralGoes() {
        topology.given(limit(1, "contoso", 0));
        environmentsOnAKey("contoso", 5);
        assertThat(decisions(topology.when(limit(3, "contoso", 4))))
                .containsExactly(enabled("contoso", 1), enabled("contoso", 2));
        assertThat(decisions(topology.afterAWhile())).containsExactly(enabled("contoso", 3), enabled("contoso", 4));
        assertThat(decisions(topology.afterAWhile())).isEmpty();
        assertThat(decisions(topology.when(removed(4, "contoso", "e1", "k1"))))
                .containsExactly("contoso/e1 r4 MICROSOFT_MANAGED NONE", enabled("contoso", 5));
    }

    private TopologyHarness start(FanOutLimits fanOut) {
        return TopologyHarness.start(Bounds.DEFAULT.withFanOut(fanOut), progress);
    }

    private void environmentsOnAKey(String tenant, int count) {
        IntStream.rangeClosed(1, count)
                .forEach(number ->
                        topology.given(clean(1, tenant, "e" + number), applied(2, tenant, "e" + number, "k1")));
    }

    private static String locked(String tenant, int number) {
        return tenant + "/e" + number + " r3 LOCKED WARNING";
    }

    private static String enabled(String tenant, int number) {
        return tenant + "/e" + number + " r3 CUSTOMER_MANAGED SUCCEEDED";
    }
}
