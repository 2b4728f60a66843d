package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Lifecycle;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeywardTopologyTest {
    private TopologyHarness topology = TopologyHarness.start();

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void aPolicyOnACleanEnvironmentGivesOneDecisionAndOneSuppressionPerSink() {
        topology.given(clean(1, "contoso", "hr"));
        List<Publication> published = topology.when(applied(2, "contoso", "hr", "k1"));

        assertThat(summaries(published))
                .containsExactly(
                        "contoso/hr r2 CUSTOMER_MANAGED SUCCEEDED",
                        "contoso/hr/APPLICATION_INSIGHTS suppressed from 2026-03-02T00:00:00Z",
                        "contoso/hr/DATA_LAKE_EXPORT suppressed from 2026-03-02T00:00:00Z",
                        "contoso/hr/TENANT_REPORTING suppressed from 2026-03-02T00:00:00Z");
    }

    @Test
    void aDuplicateChangesNothing() {
        topology.given(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        assertThat(topology.when(applied(2, "contoso", "hr", "k1"))).isEmpty();
    }

    @Test
    void aRevocationReachesEveryEnvironmentOfTheTenantOnTheKeyAndNoOther() {
        topology.given(
                clean(1, "contoso", "a"),
                clean(1, "contoso", "b"),
                clean(1, "contoso", "c"),
                clean(1, "fabrikam", "a"),
                applied(2, "contoso", "a", "k1"),
                applied(2, "contoso", "b", "k1"),
                applied(2, "contoso", "c", "k2"),
                applied(2, "fabrikam", "a", "k1"));

        assertThat(decisions(topology.when(revoked(3, "contoso", "k1"))))
                .containsExactly("contoso/a r3 LOCKED WARNING", "contoso/b r3 LOCKED WARNING");
        assertThat(decisions(topology.when(restored(4, "contoso", "k1"))))
                .containsExactly("contoso/a r4 RECOVERABLE WARNING", "contoso/b r4 RECOVERABLE WARNING");
    }

    @Test
    void aRevocationThatArrivesBeforeThePolicyLocksAtOnce() {
        topology.given(revoked(3, "contoso", "k1"), clean(1, "contoso", "a"));
        assertThat(decisions(topology.when(applied(2, "contoso", "a", "k1"))))
                .containsExactly("contoso/a r2 LOCKED WARNING");
    }

    @Test
    void aKeyLeftByASwapStillPublishesARevocationForItsFormerUsers() {
        topology.given(clean(1, "contoso", "a"), applied(2, "contoso", "a", "k1"), applied(3, "contoso", "a", "k2"));
        List<Publication> published = topology.when(revoked(4, "contoso", "k1"));
        assertThat(decisions(published)).containsExactly("contoso/a r4 CUSTOMER_MANAGED WARNING");
        assertThat(warnings(published)).containsExactly("contoso/a/RESTORE_AT_RISK raised");
    }

    @Test
    void fanOutBeyondTheBoundContinuesByTheClockAndReachesEachEnvironmentOnce() {
        topology.close();
        topology = TopologyHarness.start(2);
        topology.given(limit(1, "contoso", 100));
        for (String environment : List.of("a", "b", "c", "d", "e")) {
            topology.given(clean(1, "contoso", environment), applied(2, "contoso", environment, "k1"));
        }

        assertThat(decisions(topology.when(revoked(3, "contoso", "k1"))))
                .containsExactly("contoso/a r3 LOCKED WARNING", "contoso/b r3 LOCKED WARNING");
        topology.when(clean(4, "contoso", "e"));
        assertThat(decisions(topology.afterAWhile()))
                .containsExactly("contoso/c r3 LOCKED WARNING", "contoso/d r3 LOCKED WARNING");
        assertThat(decisions(topology.afterAWhile())).isEmpty();
        assertThat(decisions(topology.afterAWhile())).isEmpty();
    }

    @Test
    void theTwentySixthEnvironmentWaitsAndGetsTheSlotThatIsFreed() {
        List<Publication> published = new ArrayList<>();
        IntStream.rangeClosed(1, 26).forEach(n -> {
            topology.given(clean(1, "contoso", environment(n)));
            published.addAll(topology.when(applied(2, "contoso", environment(n), "k1")));
        });
        assertThat(decisions(published).getLast()).isEqualTo("contoso/e26 r2 CUSTOMER_MANAGED WARNING");
        assertThat(warnings(published))
                .as("near, then full, and then one waits")
                .containsExactly(
                        "contoso//ENVIRONMENT_LIMIT_NEAR raised",
                        "contoso//ENVIRONMENT_LIMIT_NEAR raised",
                        "contoso/e26/ENVIRONMENT_LIMIT_EXCEEDED raised");

        List<Publication> freed = topology.when(removed(5, "contoso", environment(7), "k1"));
        assertThat(decisions(freed))
                .containsExactly("contoso/e07 r3 MICROSOFT_MANAGED NONE", "contoso/e26 r3 CUSTOMER_MANAGED SUCCEEDED");
        assertThat(freed.stream()
                        .filter(Publication.OfDecision.class::isInstance)
                        .map(p -> ((Publication.OfDecision) p).decision().enabledSince())
                        .toList()
                        .getLast())
                .contains(day(5));
    }

    @Test
    void aRaisedLimitEnablesThoseWhoWaitInOrder() {
        topology.given(limit(1, "contoso", 1));
        for (String environment : List.of("a", "b", "c")) {
            topology.given(clean(1, "contoso", environment));
        }
        topology.given(
                applied(4, "contoso", "a", "k1"), applied(6, "contoso", "b", "k1"), applied(5, "contoso", "c", "k1"));
        assertThat(decisions(topology.when(limit(7, "contoso", 2))))
                .containsExactly("contoso/c r3 CUSTOMER_MANAGED SUCCEEDED");
    }

    @Test
    void aPurgeTakesBackEveryRecordAndRevisionsGoOn() {
        topology.given(changed(1, "contoso", "a", Lifecycle.ACTIVE, flowsFrom(1)), applied(2, "contoso", "a", "k1"));
        topology.when(changed(3, "contoso", "a", Lifecycle.PURGED, flowsFrom(1)));
        topology.when(applied(2, "contoso", "a", "k2"));
        assertThat(topology.rowsIn(Nodes.KEY_USAGE)).isZero();
        assertThat(decisions(topology.when(clean(4, "contoso", "a"))))
                .containsExactly("contoso/a r3 MICROSOFT_MANAGED NONE");
    }

    @Test
    void aPurgeClearsWarningsAndWritesATombstoneUnderEveryKey() {
        topology.given(changed(1, "contoso", "a", Lifecycle.ACTIVE, flowsFrom(1)), applied(2, "contoso", "a", "k1"));
        var tombstones = topology.recordsOf(
                Topic.WARNINGS, changed(3, "contoso", "a", Lifecycle.PURGED, flowsFrom(1)), new RecordHeaders());
        assertThat(tombstones)
                .extracting(TestRecord::key, record -> record.value() == null)
                .containsExactly(
                        tuple("contoso/a/FLOWS_ON_MICROSOFT_MANAGED_KEY", false),
                        tuple("contoso/a/FLOWS_ON_MICROSOFT_MANAGED_KEY", true));
        assertThat(topology.rawOutput(Topic.ENCRYPTION_DECISIONS))
                .extracting(TestRecord::key)
                .containsExactly("contoso/a");
        assertThat(topology.rawOutput(Topic.ANALYTICS_SUPPRESSIONS)).hasSize(3);
    }

    @Test
    void aRotationGivesADecisionWithTheNewVersionAndNothingElse() {
        topology.given(clean(1, "contoso", "a"), applied(2, "contoso", "a", "k1"));
        List<Publication> published = topology.when(rotated(3, "contoso", "k1", "v2"));
        assertThat(summaries(published)).containsExactly("contoso/a r3 CUSTOMER_MANAGED SUCCEEDED");
    }

    @Test
    void outputsCarryTheHeadersOfTheirCauseButNotWhatDescribesItsBytesOrItsCoordinates() {
        topology.given(clean(1, "contoso", "a"));
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-abc".getBytes(StandardCharsets.UTF_8));
        headers.add("__key_schema_id", new byte[17]);
        headers.add(OriginCoordinates.HEADER, "cmk.key-revoked/5/77".getBytes(StandardCharsets.UTF_8));
        headers.add(Position.HEADER, Position.start(7).toString().getBytes(StandardCharsets.UTF_8));
        assertThat(topology.recordsOf(Topic.ENCRYPTION_DECISIONS, applied(2, "contoso", "a", "k1"), headers))
                .singleElement()
                .satisfies(record -> assertThat(record.headers().toArray())
                        .extracting(header -> header.key())
                        .containsExactly("traceparent", Position.HEADER));
    }

    private static String environment(int number) {
        return String.format("e%02d", number);
    }

    static List<String> decisions(List<Publication> published) {
        return summaries(published.stream()
                .filter(Publication.OfDecision.class::isInstance)
                .toList());
    }

    static List<String> warnings(List<Publication> published) {
        return summaries(published.stream()
                .filter(Publication.OfWarning.class::isInstance)
                .toList());
    }

    static List<String> summaries(List<Publication> published) {
        return published.stream().map(KeywardTopologyTest::summary).toList();
    }

    private static String summary(Publication publication) {
        return publication.key()
                + switch (publication) {
                    case Publication.OfDecision d -> " r" + d.revision() + " " + state(d) + " " + status(d);
                    case Publication.OfWarning w -> w.clearedAt().isPresent() ? " cleared" : " raised";
                    case Publication.OfSignal s ->
                        (s.signal().suppresses()
                                        ? " suppressed from " + s.signal().effectiveFrom()
                                        : " allowed")
                                + s.signal().gaps().stream()
                                        .map(gap -> ", gap " + gap.from() + " to " + gap.until())
                                        .collect(Collectors.joining());
                    case Publication.Retraction _ -> " retracted";
                };
    }

    private static EncryptionState state(Publication.OfDecision decision) {
        return decision.decision().encryptionState();
    }

    private static PolicyStatus status(Publication.OfDecision decision) {
        return decision.decision().policyStatus();
    }
}
