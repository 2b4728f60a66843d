package io.keyward.topology.read;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.retainsUntil;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventWriter;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.Events;
import io.keyward.topology.FanOutLimits;
import io.keyward.topology.Flow;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a dry run does beside deciding events like the topology.
class DryRunTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    /// Three environments per budget.
    private final TopologyHarness topology = TopologyHarness.start(3);

    private final Map<String, KeyValueStore<Bytes, byte[]>> copies = new HashMap<>();

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void refusesWhatTheTopologyRefusesWithTheSameReason() {
        EventLine line = line(clean(30, "contoso", "e1"));
        topology.receive(
                Topic.ENVIRONMENT_CHANGED,
                new TestRecord<>(
                        "contoso".getBytes(StandardCharsets.UTF_8),
                        topology.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(30, "contoso", "e1")),
                        day(1)));
        TestRecord<byte[], byte[]> deadLetter = topology.deadLetters().getFirst();

        OutputRecord.Refused refused = ((DryRun.Outcome.Refused) dryRun(100).decide(line, day(1))).deadLetter();

        assertThat(refused.reason())
                .isEqualTo("TIMESTAMP_IN_FUTURE")
                .isEqualTo(header(deadLetter, DeadLetterHeaders.REASON));
        assertThat(refused.detail()).isEqualTo(header(deadLetter, DeadLetterHeaders.DETAIL));
    }

    @Test
    void refusesARecordWithoutAValue() {
        EventLine line = new EventLine(Topic.POLICY_APPLIED, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(dryRun(100).decide(line, day(1)))
                .isInstanceOfSatisfying(
                        DryRun.Outcome.Refused.class,
                        refused -> assertThat(refused.deadLetter().reason()).isEqualTo("MISSING_VALUE"));
    }

    @Test
    void finishesInterruptedFanOutsBeforeTheFirstEvent() {
        environmentsOnAKey("contoso", 5);
        environmentsOnAKey("fabrikam", 5);
        topology.given(revoked(3, "contoso", "k1"), revoked(3, "fabrikam", "k1"));
        DryRun dryRun = dryRun(100);

        DryRun.Unfinished unfinished = dryRun.prepare(CONTOSO);

        assertThat(unfinished.finished()).isTrue();
        assertThat(unfinished.otherRules()).isFalse();
        assertThat(unfinished.fanOuts())
                .singleElement()
                .satisfies(
                        fanOut -> assertThat(fanOut.trigger().cause().eventId()).isEqualTo("revoked-3-contoso-k1"));
        assertThat(decided(dryRun, Events.restored(4, "contoso", "k1")))
                .containsExactly("e1 r4", "e2 r4", "e3 r4", "e4 r4", "e5 r4");
    }

    @Test
    void saysThatAnEventReachesMoreEnvironmentsThanItMayDecide() {
        environmentsOnAKey("contoso", 3);
        DryRun.Outcome.Decided all = decide(dryRun(3), revoked(3, "contoso", "k1"));
        assertThat(all.environments()).isEqualTo(3);
        copies.clear();
        DryRun.Outcome.Decided some = decide(dryRun(2), revoked(3, "contoso", "k1"));
        assertThat(some.complete()).isFalse();
        assertThat(some.environments()).isEqualTo(2);
    }

    @Test
    void reportsThatOtherRulesDecidedLastAndDecidesNothingAgainForThat() {
        environmentsOnAKey("contoso", 2);
        RuleProfile other = RuleProfiles.named("2025-05-21").orElseThrow();
        DryRun dryRun = dryRun(other, 100);
        assertThat(dryRun.prepare(CONTOSO).otherRules()).isTrue();
        assertThat(decided(dryRun, clean(3, "contoso", "x"))).containsExactly("x r1");
    }

    @Test
    void letsTimePassOnlyByTimeEvents() {
        topology.given(retainsUntil(day(40), "contoso", "e1").toArray(Event[]::new));
        DryRun dryRun = dryRun(100);
        assertThat(decided(dryRun, limit(41, "contoso", 3))).isEmpty();
        assertThat(decided(dryRun, new Event.TimeReached(CONTOSO, day(40)))).containsExactly("e1 r4");
    }

    @Test
    void erasesATenantInTheCopies() {
        environmentsOnAKey("contoso", 3);
        topology.published();
        DryRun dryRun = dryRun(100);
        Event.TenantErased erasure = new Event.TenantErased(CONTOSO, new Stamp(day(9), new EventId("erase")));

        DryRun.Outcome.Decided outcome = decide(dryRun, erasure);

        assertThat(outcome.outputs())
                .isNotEmpty()
                .allMatch(output -> output.publication() instanceof Publication.Retraction);
        assertThat(outcome.complete()).isTrue();
        assertThat(decided(dryRun, clean(3, "contoso", "e1"))).containsExactly("e1 r1");
        assertThat(topology.published()).isEmpty();
    }

    private void environmentsOnAKey(String tenant, int count) {
        IntStream.rangeClosed(1, count)
                .forEach(number ->
                        topology.given(clean(1, tenant, "e" + number), applied(2, tenant, "e" + number, "k1")));
    }

    private DryRun dryRun(int environments) {
        return dryRun(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(), environments);
    }

    /// Over copies of the topology's stores.
    private DryRun dryRun(RuleProfile profile, int environments) {
        Bounds bounds = Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(environments));
        return new DryRun(
                new Flow(TopologyHarness.NAMES, 12, profile, bounds, () -> Instant.MAX),
                (name, _) -> copies.computeIfAbsent(name, this::copy));
    }

    private KeyValueStore<Bytes, byte[]> copy(String name) {
        KeyValueStore<Bytes, byte[]> copy = TestStores.named(name);
        try (KeyValueIterator<Bytes, byte[]> rows = topology.store(name).all()) {
            rows.forEachRemaining(row -> copy.put(row.key, row.value));
        }
        return copy;
    }

    private static List<String> decided(DryRun dryRun, Event event) {
        return decide(dryRun, event).outputs().stream()
                .map(DryRun.Output::publication)
                .filter(Publication.OfDecision.class::isInstance)
                .map(Publication.OfDecision.class::cast)
                .map(decision -> decision.environmentId().orElseThrow() + " r" + decision.revision())
                .toList();
    }

    private static DryRun.Outcome.Decided decide(DryRun dryRun, Event event) {
        return (DryRun.Outcome.Decided) dryRun.decide(line(event), event.occurredAt());
    }

    private static EventLine line(Event event) {
        return new EventLine(
                Topics.of(event),
                Optional.of(event.tenantId().value()),
                Optional.of(EventWriter.write(event, "")),
                Optional.empty());
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
