package io.keyward.proof.inputs;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyward.avro.EventReader;
import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Subject;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Admission;
import io.keyward.topology.Bounds;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionVerificationTest {
    private static final RuleProfile PROFILE = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
    private static final Event[] STORY = {
        clean(1, "contoso", "hr"),
        applied(2, "contoso", "hr", "k1"),
        rotated(3, "contoso", "k1", "v2"),
        expiring(3, "contoso", "k1", "v2"),
        revoked(4, "contoso", "k1"),
        limit(4, "contoso", 7),
        reported(5, "contoso", "hr", "k1"),
        new Event.TimeReached(new TenantId("contoso"), day(6)),
        restored(7, "contoso", "k1"),
        removed(8, "contoso", "hr", "k1"),
        clean(1, "fabrikam", "it")
    };

    private final TopologyHarness topology = TopologyHarness.start(PROFILE, FlowObserver.NONE);
    private final Subject subject =
            new Subject(Map.of(), "keyward-test", TopologyHarness.NAMES, PROFILE, topology.registry());
    private final InMemoryPartition logs = new InMemoryPartition(topology, subject);
    private final ErasurePositions erasures = new ErasurePositions();
    private FactRows base = new FactRows();
    private Position start = Position.start(0);
    private boolean complete = true;

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void factsThatTheInputsStateHold() {
        PartitionVerification.Result result = verified(STORY);
        assertHolds(result);
        assertThat(result.report().environments()).isEqualTo(2);
        assertThat(result.report().keys()).isEqualTo(1);
        assertThat(result.report().tenants()).isEqualTo(2);
        assertThat(result.report().outputs()).isEqualTo(STORY.length);
    }

    @Test
    void refusedRecordsStateNothing() {
        topology.given(STORY);
        logs.append(Topic.KEY_REVOKED, null, 0, new RecordHeaders());
        logs.append(Topic.KEY_REVOKED, "no event".getBytes(StandardCharsets.UTF_8), 0, new RecordHeaders());
        Event tomorrow = revoked(9, "contoso", "k1");
        logs.append(
                Topic.KEY_REVOKED,
                topology.bytesOf(Topic.KEY_REVOKED, tomorrow),
                day(8).toEpochMilli(),
                new RecordHeaders());
        assertHolds(verify(logs.with(STORY).rowsOf(topology)));
    }

    @ParameterizedTest
    @ValueSource(strings = {Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.TENANTS, Nodes.ENFORCEMENT})
    void aRowThatIsGoneIsFoundWithTheEventsThatItHeld(String store) {
        topology.given(STORY);
        logs.with(STORY).rowsOf(topology).rows(store).clear();
        assertThat(verify(logs).report().findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.rule()).isPresent())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains(subject.changelog(store)));
    }

    @Test
    void aLostFactNamesItsEvent() {
        topology.given(without(STORY, 4));
        assertThat(verify(logs.with(STORY).rowsOf(topology)).report().findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.topic()).isEqualTo("cmk.key-revoked");
                    assertThat(finding.partition()).isZero();
                    assertThat(finding.offset()).isZero();
                    assertThat(finding.tenant()).contains(new TenantId("contoso"));
                    assertThat(finding.rule()).hasToString("Optional[R20]");
                    assertThat(finding.sentence())
                            .contains("KeyRevoked", "revoked-4-contoso-k1", "keyward-test-keys-changelog");
                });
    }

    @Test
    void aFactThatNoInputStatesIsFound() {
        topology.given(STORY);
        assertThat(verify(logs.with(without(STORY, 1)).rowsOf(topology))
                        .report()
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
                    assertThat(finding.offset()).isEqualTo(7);
                    assertThat(finding.environment()).contains(new EnvironmentId("hr"));
                    assertThat(finding.sentence()).contains("Applications: missing [], not stated [", "policy-k1");
                });
    }

    @Test
    void whereInputsAreMissingAFactThatNoneOfThemStatesProvesNothingButALostOneIsFound() {
        complete = false;
        topology.given(STORY);
        logs.with(without(STORY, 1)).rowsOf(topology);
        assertThat(verify(logs).report().findings()).isEmpty();
        logs.rows(Nodes.KEYS).clear();
        assertThat(new PartitionVerification(scope(), admission(), base, erasures)
                        .verify(again(without(STORY, 1), Nodes.KEYS), List.of(), Duration.ZERO)
                        .report()
                        .findings())
                .isNotEmpty();
    }

    private InMemoryPartition again(Event[] events, String lost) {
        InMemoryPartition others =
                new InMemoryPartition(topology, subject).with(events).rowsOf(topology);
        others.rows(lost).clear();
        return others;
    }

    @Test
    void anEventBetweenTheTwoPositionsMayBeAmongTheFactsOrNot() {
        topology.given(without(STORY, 4));
        logs.with(STORY).rowsOf(topology);
        Position before = behind(without(STORY, 4));
        assertHolds(verify(logs.committed(before, logs.end())));
        topology.given(STORY[4]);
        InMemoryPartition decided =
                new InMemoryPartition(topology, subject).with(STORY).rowsOf(topology);
        assertHolds(verify(decided.committed(before, decided.end())));
    }

    @Test
    void ofSeveralEventsBetweenThemSomeMayBeAmongTheFactsButNoneThatNoInputStates() {
        Event[] more = {
            applied(9, "contoso", "hr", "k2"), removed(10, "contoso", "hr", "k2"), revoked(9, "contoso", "k2")
        };
        topology.given(STORY);
        logs.with(STORY);
        Position before = logs.end();
        topology.given(more[0]);
        assertHolds(verify(logs.with(more).rowsOf(topology).committed(before, logs.end())));

        topology.given(applied(11, "contoso", "hr", "k3"));
        InMemoryPartition invented =
                new InMemoryPartition(topology, subject).with(STORY).with(more).rowsOf(topology);
        assertThat(verify(invented.committed(before, invented.end())).report().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("policy-k3"));
    }

    @Test
    void reroutedRecordsAreWaitedFor() {
        Event revocation = revoked(4, "contoso", "k9");
        topology.given(STORY);
        logs.with(STORY);
        Position before = logs.end();
        reroute(revocation);
        logs.rowsOf(topology).committed(before, before);
        logs.beforeRows(() -> {});
        logs.beforeRows(() -> {
            topology.given(revocation);
            logs.rowsOf(topology);
        });
        assertHolds(new PartitionVerification(scope(), admission(), base, erasures)
                .verify(logs, List.of(), Duration.ofSeconds(10)));
    }

    @Test
    void reroutedRecordsAreFactsOnceTheyAreDecided() {
        Event revocation = revoked(4, "contoso", "k9");
        topology.given(STORY).given(revocation);
        reroute(revocation);
        PartitionVerification.Result result = verify(logs.with(STORY).rowsOf(topology));
        assertHolds(result);
        assertThat(result.copies()).containsExactly(new OriginCoordinates("cmk.key-revoked", 2, 41));
    }

    @Test
    void reroutedRecordsThatAreNotDecidedYetAreNotVerifiable() {
        topology.given(STORY);
        logs.with(STORY);
        Position before = logs.end();
        reroute(revoked(4, "contoso", "k9"));
        PartitionVerification.Result result = verify(logs.rowsOf(topology).committed(before, before));
        assertThat(result.report().findings()).isEmpty();
        assertThat(result.report().unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.topic()).isEqualTo("cmk.rerouted"));
    }

    @Test
    void eventsFromOtherPartitionsMustBeAmongTheFacts() {
        Event revocation = revoked(4, "contoso", "k9");
        ReadEvent elsewhere =
                new ReadEvent(revocation, Topic.KEY_REVOKED, 41, new OriginCoordinates("cmk.key-revoked", 2, 41));
        topology.given(STORY).given(revocation);
        assertHolds(verify(logs.with(STORY).rowsOf(topology), elsewhere));

        try (TopologyHarness forgetful =
                TopologyHarness.start(PROFILE, FlowObserver.NONE).given(STORY)) {
            InMemoryPartition lost =
                    new InMemoryPartition(topology, subject).with(STORY).rowsOf(forgetful);
            assertThat(verify(lost, elsewhere).report().findings())
                    .extracting(ProofFinding::topic, ProofFinding::partition, ProofFinding::offset)
                    .containsExactly(tuple("cmk.key-revoked", 2, 41L));
        }
    }

    @Test
    void factsBeginWithThoseOfABase() {
        topology.given(without(STORY, 9));
        base = rows(logs.rowsOf(topology));
        topology.given(STORY[9]);
        assertHolds(verify(logs.with(STORY[9]).rowsOf(topology)));

        InMemoryPartition lost =
                new InMemoryPartition(topology, subject).with(STORY[9]).rowsOf(topology);
        lost.rows(Nodes.KEYS).clear();
        assertThat(verify(lost).report().findings())
                .extracting(ProofFinding::topic)
                .containsExactly("keyward-test-keys-changelog");
    }

    @Test
    void theFactsOfAnErasedTenantBeginBehindTheErasure() {
        logs.with(STORY);
        Position erasure = logs.end();
        Event anew = clean(9, "contoso", "hr");
        topology.given(anew, STORY[STORY.length - 1]);
        erasures.take(erased("fabrikam", Position.start(0)));
        assertThat(verify(logs.with(anew).rowsOf(topology)).report().findings())
                .as("another tenant was erased")
                .isNotEmpty();

        erasures.take(erased("contoso", erasure));
        assertHolds(verify(
                new InMemoryPartition(topology, subject).with(STORY).with(anew).rowsOf(topology)));
    }

    @Test
    void aBaseThatWasMadeAfterAnErasureCounts() {
        erasures.take(erased("contoso", logs.with(clean(1, "contoso", "hr")).end()));
        Event anew = clean(9, "contoso", "hr");
        topology.given(anew);
        logs.with(anew);
        start = logs.end();
        base = rows(logs.rowsOf(topology));
        topology.given(STORY[1]);
        InMemoryPartition later = new InMemoryPartition(topology, subject)
                .with(clean(1, "contoso", "hr"), anew)
                .readTo(start)
                .with(STORY[1])
                .rowsOf(topology);
        assertHolds(verify(later));

        base = new FactRows();
        assertThat(verify(later.readTo(start)).report().findings()).isNotEmpty();
    }

    @Test
    void aBaseThatWasMadeBeforeAnErasureCountsNoMore() {
        Event anew = clean(9, "contoso", "hr");
        try (TopologyHarness before =
                TopologyHarness.start(PROFILE, FlowObserver.NONE).given(STORY)) {
            base = rows(new InMemoryPartition(topology, subject).rowsOf(before));
        }
        erasures.take(erased("contoso", behind(STORY)));
        topology.given(anew, STORY[STORY.length - 1]);
        assertHolds(verify(logs.with(STORY).with(anew).rowsOf(topology)));
    }

    @Test
    void aReroutedRecordThatIsDecidedAndNotAmongTheFactsIsFound() {
        topology.given(STORY);
        logs.with(STORY);
        Position before = logs.end();
        reroute(revoked(4, "contoso", "k9"));
        logs.rowsOf(topology).committed(before, before);
        PartitionVerification.Result result = new PartitionVerification(scope(), admission(), base, erasures)
                .verify(logs, List.of(), Duration.ofSeconds(10));
        assertThat(result.report().findings())
                .extracting(ProofFinding::topic, ProofFinding::partition, ProofFinding::offset)
                .containsExactly(tuple("cmk.key-revoked", 2, 41L));
        assertThat(result.report().unverifiable()).isEmpty();
    }

    /// What others have read may wait to be read here, or be forgotten since.
    @Test
    void eventsFromOtherPartitionsThatWaitHereOrWereErasedAreNotLost() {
        Event revocation = revoked(4, "contoso", "k9");
        ReadEvent elsewhere =
                new ReadEvent(revocation, Topic.KEY_REVOKED, 41, new OriginCoordinates("cmk.key-revoked", 2, 41));
        topology.given(STORY);
        logs.with(STORY);
        Position before = logs.end();
        reroute(revocation);
        assertThat(verify(logs.rowsOf(topology).committed(before, before), elsewhere)
                        .report()
                        .findings())
                .isEmpty();

        erasures.take(erased("contoso", Position.start(0)));
        assertHolds(verify(new InMemoryPartition(topology, subject).with(STORY).rowsOf(topology), elsewhere));
    }

    /// Of the rerouted ones, the other partition has a copy of its own.
    @Test
    void eventsOfTenantsOfOtherPartitionsAreHandedOn() {
        String other = Stream.iterate(0, number -> number + 1)
                .map(number -> "tenant-" + number)
                .filter(tenant -> TenantPartitioner.partitionOf(tenant, 2) == 1)
                .findFirst()
                .orElseThrow();
        logs.with(clean(1, other, "hr"));
        reroute(revoked(4, other, "k9"));
        PartitionVerification.Result result = new PartitionVerification(
                        new PartitionVerification.Scope(subject, start, 2, complete), admission(), base, erasures)
                .verify(logs.rowsOf(topology), List.of(), Duration.ZERO);
        assertHolds(result);
        assertThat(result.report().outputs()).isZero();
        assertThat(result.copies()).isEmpty();
        assertThat(result.misplaced()).extracting(ReadEvent::topic).containsExactly(Topic.ENVIRONMENT_CHANGED);
    }

    @Test
    void rowsThatCannotBeReadAreFoundOnce() {
        topology.given(STORY);
        logs.with(STORY).rowsOf(topology);
        logs.rows(Nodes.KEYS).replaceAll((_, _) -> new byte[] {4, 1});
        PartitionVerification.Result result = verify(logs);
        assertThat(result.report().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).startsWith("A row with facts cannot be read"));
        assertThat(result.report().environments()).as("those of Fabrikam").isEqualTo(1);
    }

    private static ConsumerRecord<byte[], byte[]> erased(String tenant, Position position) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Position.HEADER, position.toString().getBytes(StandardCharsets.US_ASCII));
        return new ConsumerRecord<>(
                "cmk.erasures",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sha256(tenant).getBytes(StandardCharsets.UTF_8),
                new byte[0],
                headers,
                Optional.empty());
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private PartitionVerification.Result verified(Event... events) {
        topology.given(events);
        return verify(logs.with(events).rowsOf(topology));
    }

    private PartitionVerification.Result verify(InMemoryPartition partition, ReadEvent... elsewhere) {
        return new PartitionVerification(scope(), admission(), base, erasures)
                .verify(partition, List.of(elsewhere), Duration.ZERO);
    }

    private PartitionVerification.Scope scope() {
        return new PartitionVerification.Scope(subject, start, 1, complete);
    }

    private Admission admission() {
        return new Admission(
                new EventReader(ValueSerde.own(topology.registry(), SerializerSettings.DEFAULT)),
                TopologyHarness.NAMES,
                Bounds.DEFAULT);
    }

    private static void assertHolds(PartitionVerification.Result result) {
        assertThat(result.report().findings()).isEmpty();
        assertThat(result.report().unverifiable()).isEmpty();
    }

    private void reroute(Event event) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("keyward.origin", "cmk.key-revoked/2/41".getBytes(StandardCharsets.UTF_8));
        logs.append(
                Topic.REROUTED,
                topology.bytesOf(Topics.of(event), event),
                event.occurredAt().toEpochMilli(),
                headers);
    }

    private Position behind(Event... events) {
        return new InMemoryPartition(topology, subject).with(events).end();
    }

    private static FactRows rows(InMemoryPartition partition) {
        FactRows rows = new FactRows();
        FactRows.STORES.forEach(
                store -> partition.rows(store).forEach((Bytes key, byte[] value) -> rows.take(store, key, value, -1)));
        return rows;
    }

    private static Event[] without(Event[] events, int index) {
        List<Event> rest = new ArrayList<>(List.of(events));
        rest.remove(index);
        return rest.toArray(Event[]::new);
    }
}
