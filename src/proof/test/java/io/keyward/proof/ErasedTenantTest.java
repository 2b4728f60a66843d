package io.keyward.proof;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import org.junit.jupiter.api.Test;

/// The state of a tenant that is erased, or being erased, is verified as any other.
class ErasedTenantTest {
    @Test
    void whatIsErasedAgainAndAgainHolds() {
        try (VerifiedHarness harness = VerifiedHarness.start(Profiles.REPORT)) {
            harness.given(life())
                    .given(erasure())
                    .given(limit(1, "contoso", 3))
                    .given(erasure())
                    .given(life())
                    .given(erasure())
                    .given(life());
            assertThat(harness.verify(harness.log())).satisfies(report -> {
                assertThat(report.findings()).isEmpty();
                assertThat(report.holds()).isTrue();
                assertThat(report.environments()).isEqualTo(3);
            });
        }
    }

    @Test
    void whileATenantIsErasedNothingIsFoundWrong() {
        try (VerifiedHarness harness = VerifiedHarness.start(Profiles.REPORT, 1)) {
            harness.given(life());
            harness.finishFanOuts();
            InMemoryLog log =
                    harness.given(erasure(), clean(10, "contoso", "e2")).log();
            assertThat(harness.verify(log).findings()).isEmpty();
        }
    }

    private static Event.TenantErased erasure() {
        return new Event.TenantErased(new TenantId("contoso"), new Stamp(day(9), new EventId("erase")));
    }

    private static Event[] life() {
        return new Event[] {
            limit(1, "contoso", 1),
            clean(1, "contoso", "e1"),
            clean(1, "contoso", "e2"),
            clean(1, "contoso", "e3"),
            applied(2, "contoso", "e1", "k1"),
            applied(3, "contoso", "e2", "k1"),
            reported(4, "contoso", "e1", "k1"),
            revoked(5, "contoso", "k1"),
            limit(6, "contoso", 5)
        };
    }
}
