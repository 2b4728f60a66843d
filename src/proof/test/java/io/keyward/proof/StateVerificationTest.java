package io.keyward.proof;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.Profiles;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the processor has written holds, whatever part of it one reading shows; what cannot be judged does not.
class StateVerificationTest {
    private final DecidedTenants decided = DecidedTenants.start();
    private final VerifiedHarness harness = decided.harness();
    private final InMemoryLog log = decided.log();

    @AfterEach
    void stop() {
        decided.close();
    }

    @Test
    void whatTheProcessorHasWrittenHolds() {
        Report report = harness.verify(log);

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.environments()).isEqualTo(4);
        assertThat(report.tenants()).isEqualTo(2);
        assertThat(report.keys()).isEqualTo(2);
        assertThat(report.outputs()).isGreaterThan(20);
    }

    @Test
    void aSweepOfEverythingThatCannotBeReadIsNotVerifiable() {
        log.putRow(Nodes.TENANTS, Bytes.wrap(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 1}), new byte[] {4});

        assertThat(harness.verify(log).unverifiable())
                .singleElement()
                .satisfies(left ->
                        assertThat(left.sentence()).startsWith("A row about the whole partition cannot be read"));
    }

    @Test
    void otherRulesAreNotVerifiable() {
        log.putRow(Nodes.TENANTS, RowKeys.RULES_ROW, "1 other".getBytes(StandardCharsets.UTF_8));

        Report report = harness.verify(log);

        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence()).startsWith("Other rules decided last"));
    }

    @Test
    void rulesThatAreNotNotedAreNotVerifiable() {
        log.putRow(Nodes.TENANTS, RowKeys.RULES_ROW, null);

        Report report = harness.verify(log);

        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence()).startsWith("It is not noted which rules decided last."));
    }

    @Test
    void anEnvironmentOfWhichTooLittleIsKnownHasNoOutputs() {
        harness.given(applied(2, "contoso", "new", "k1"));
        log.addAllOf(harness.topology());

        Report report = harness.verify(log);

        assertThat(report.holds()).isTrue();
        assertThat(report.environments()).isEqualTo(5);
    }

    @Test
    void reportsThatTheProfileIgnoresChangeNothing() {
        try (VerifiedHarness ignoring = VerifiedHarness.start(Profiles.MIGRATE)) {
            ignoring.given(
                    clean(1, "contoso", "hr"),
                    rotated(1, "contoso", "k1", "v1"),
                    applied(2, "contoso", "hr", "k1"),
                    reported(3, "contoso", "hr", "k1"));
            InMemoryLog ignored = ignoring.log();
            assertThat(ignored.rows(Nodes.ENFORCEMENT)).isNotEmpty();
            assertThat(ignoring.verify(ignored).holds()).isTrue();
        }
    }

    @Test
    void tombstonesAreNoOutputs() {
        long before = harness.verify(log).outputs();
        harness.given(changed(9, "fabrikam", "hr", Lifecycle.PURGED, FlowInventory.EMPTY));
        log.addAllOf(harness.topology());
        int standing = 0;
        for (Topic topic : TopicLayout.OUTPUTS) {
            for (int partition = 0; partition < InMemoryLog.OUTPUT_PARTITIONS; partition++) {
                standing += log.newest("cmk." + topic.baseName(), partition).size();
            }
        }

        Report report = harness.verify(log.fromTheBeginning());

        assertThat(report.holds()).isTrue();
        assertThat(report.outputs()).isEqualTo(standing).isLessThan(before);
    }

    @Test
    void unfilledDeadlinesAreNotVerifiable() {
        log.putRow(Nodes.DEADLINES, RowKeys.FILLED_ROW, null);

        assertThat(harness.verify(log).unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.topic()).isEqualTo("keyward-test-deadlines-changelog"));
    }

    @Test
    void aTransactionThatIsSeenInPartIsNoFinding() {
        harness.given(revoked(8, "contoso", "k1"), clean(2, "contoso", "new"));
        log.addRows(harness.topology());
        log.beforeNextRound(() -> log.addOutputs(harness.topology()));

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void outputsThatAreSeenBeforeTheirRowsAreNoFinding() {
        harness.given(revoked(8, "contoso", "k1"), clean(2, "contoso", "new"));
        log.addOutputs(harness.topology());
        log.beforeNextRound(() -> log.addRows(harness.topology()));

        assertThat(harness.verify(log).holds()).isTrue();
    }

    @Test
    void whatKeepsChangingIsNotVerifiable() {
        harness.given(revoked(8, "contoso", "k1"));
        log.addRows(harness.topology());
        log.beforeNextRound(() -> {
            harness.given(restored(9, "contoso", "k1"));
            log.addRows(harness.topology());
        });

        Report report = harness.verify(log);

        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unverifiable())
                .isNotEmpty()
                .allSatisfy(left -> assertThat(left.sentence()).startsWith("It kept changing"));
    }

    @Test
    void whatASweepStillHasToReachIsNotVerifiableAndHoldsAfterIt() {
        try (VerifiedHarness interrupted = VerifiedHarness.start(DecidedTenants.PROFILE, 1)) {
            for (int number = 0; number < 4; number++) {
                String environment = "environment-" + number;
                interrupted.given(clean(1, "contoso", environment), applied(2, "contoso", environment, "k1"));
            }
            interrupted.given(revoked(3, "contoso", "k1"));
            InMemoryLog swept = interrupted.log();

            Report report = interrupted.verify(swept);
            assertThat(report.holds()).isFalse();
            assertThat(report.findings()).isEmpty();
            assertThat(report.unverifiable())
                    .isNotEmpty()
                    .allSatisfy(left -> assertThat(left.sentence()).startsWith("A fan-out that has not ended"));

            swept.fromTheBeginning().beforeNextRound(() -> {
                interrupted.finishFanOuts();
                swept.addAllOf(interrupted.topology());
            });
            assertThat(interrupted.verify(swept).holds()).isTrue();
        }
    }
}
