package io.keyward.topology;

import static io.keyward.domain.Facts.as;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static io.keyward.topology.KeywardTopologyTest.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.ErasureCodec;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.Profiles;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A tenant is erased: nothing that was published or stored about it is left, and what comes later starts afresh.
class ErasureTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final String REQUEST = "9a5b8f0e-3c1d-4d5e-8f00-0123456789ab";

    private TopologyHarness topology = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE);

    @AfterEach
    void stop() {
        topology.close();
    }

    private void restart(int bound) {
        topology.close();
        topology = TopologyHarness.start(Profiles.REPORT, FlowObserver.NONE, bound);
    }

    @Test
    void everyRecordHasATombstoneAndNoStoreHasARow() {
        Map<String, Publication> latest = new TreeMap<>();
        fold(latest, topology.when(lifeOf("fabrikam")));
        Map<String, Publication> others = new TreeMap<>(latest);
        List<String> rowsOfOthers = rows();
        fold(latest, topology.when(lifeOf("contoso")));
        assertThat(latest)
                .containsKeys(
                        "contoso/hr",
                        "contoso/hr/KEY_REVOKED",
                        "contoso/hr/TENANT_REPORTING",
                        "contoso//ENVIRONMENT_LIMIT_NEAR");
        assertThat(rows()).filteredOn(ErasureTest::namesContoso).hasSizeGreaterThan(10);

        List<Publication> published = topology.when(erased(9, REQUEST));

        assertThat(published).hasOnlyElementsOfType(Publication.Retraction.class);
        fold(latest, published);
        assertThat(latest).isEqualTo(others);
        assertThat(rows())
                .filteredOn(row -> !isOfTheErasure(row))
                .isEqualTo(rowsOfOthers.stream()
                        .filter(row -> !isOfTheErasure(row))
                        .toList());
        assertThat(rows()).filteredOn(row -> row.startsWith("tenants 08")).hasSize(1);
        assertThat(rows()).noneMatch(ErasureTest::namesContoso);
    }

    /// Its time, under a hash (R15), and the state digest.
    private static boolean isOfTheErasure(String row) {
        return row.startsWith("tenants 08") || row.startsWith("tenants 06");
    }

    @Test
    void theRecordOfTheErasureContainsHowMuchWasErasedButNotTheTenant() {
        topology.given(lifeOf("contoso"));
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "of-contoso".getBytes(StandardCharsets.UTF_8));

        TestRecord<String, byte[]> record =
                topology.recordsOf(Topic.ERASURES, erased(9, REQUEST), headers).getFirst();

        assertThat(record.key()).isEqualTo(Erasure.sha256(CONTOSO)).matches("[0-9a-f]{64}");
        assertThat(record.headers()).extracting(Header::key).containsExactly(Position.HEADER);
        assertThat(new String(record.value(), StandardCharsets.UTF_8)).doesNotContain("contoso");
        Erasure erasure = erasure(record);
        assertThat(erasure.requestId()).contains(UUID.fromString(REQUEST));
        assertThat(erasure.requestedAt()).isEqualTo(day(9));
        assertThat(erasure.erased())
                .isEqualTo(new FanOut.Erased(3, 2, topology.published().size()));
    }

    @Test
    void theIdOfARequestIsLeftOutUnlessItCannotIdentifyAnyone() {
        topology.send(erased(9, "forget-contoso"));
        topology.send(erased(9, "1-1-1-1-1"));
        assertThat(topology.rawOutput(Topic.ERASURES))
                .extracting(record -> erasure(record).requestId())
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aWarningThatWasNeverRaisedNeedsNoTombstone() {
        topology.given(limit(1, "contoso", 5), clean(1, "contoso", "hr"));
        assertThat(topology.when(erased(9, REQUEST)))
                .extracting(Publication::key)
                .containsExactly("contoso/hr");
    }

    @Test
    void aTenantOfWhichNothingIsKnownIsErasedAtOnce() {
        assertThat(topology.when(erased(9, REQUEST))).isEmpty();
        assertThat(erasure(topology.rawOutput(Topic.ERASURES).getFirst()).erased())
                .isEqualTo(FanOut.Erased.NOTHING);
        assertThat(rows()).noneMatch(ErasureTest::namesContoso);
    }

    @Test
    void whatComesLaterStartsAfreshHoweverOldItIs() {
        topology.given(lifeOf("contoso"));
        topology.given(erased(9, REQUEST));

        List<Publication> published = topology.when(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));

        assertThat(summaries(published))
                .contains("contoso/hr r1 MICROSOFT_MANAGED NONE", "contoso/hr r2 CUSTOMER_MANAGED SUCCEEDED");
    }

    /// R15: readers have no other word of what was before the erasure.
    @Test
    void nothingOfBeforeTheErasureMayPass() {
        topology.given(erased(9, REQUEST), as("earlier", erased(4, REQUEST)));

        assertThat(signals(clean(10, "contoso", "hr")))
                .hasSize(3)
                .containsOnly(new Signal(Signal.Action.ALLOW, day(9), List.of(TimeRange.upTo(day(9)))));
        assertThat(signals(applied(11, "contoso", "hr", "k1")))
                .hasSize(3)
                .containsOnly(new Signal(Signal.Action.SUPPRESS, day(11), List.of(TimeRange.upTo(day(9)))));
        assertThat(signals(applied(2, "contoso", "hr", "k1")))
                .as("an event of before the erasure")
                .hasSize(3)
                .containsOnly(new Signal(Signal.Action.SUPPRESS, Instant.EPOCH, List.of()));
    }

    private List<Signal> signals(Event event) {
        return topology.when(event).stream()
                .filter(Publication.OfSignal.class::isInstance)
                .map(publication -> ((Publication.OfSignal) publication).signal())
                .toList();
    }

    @Test
    void theWorkThatWaitsForATenantGoesWithIt() {
        restart(2);
        for (int i = 0; i < 9; i++) {
            topology.given(clean(1, "contoso", "e" + i), applied(2, "contoso", "e" + i, "k1"));
        }
        topology.given(revoked(3, "contoso", "k1"));
        assertThat(topology.fanOutsWait()).isTrue();

        Map<String, Publication> latest = new TreeMap<>();
        fold(latest, topology.when(erased(9, REQUEST)));
        assertThat(topology.rawOutput(Topic.ERASURES)).isEmpty();
        assertThat(finish()).hasOnlyElementsOfType(Publication.Retraction.class);

        assertThat(topology.rawOutput(Topic.ERASURES)).hasSize(1);
        assertThat(rows()).noneMatch(ErasureTest::namesContoso);
    }

    /// An event that comes between finds the tenant erased, in environments that are reached and in others.
    @Test
    void whatComesBeforeALongErasureIsDoneSurvivesIt() {
        restart(2);
        topology.given(limit(1, "contoso", 3));
        for (int i = 0; i < 9; i++) {
            topology.given(clean(1, "contoso", "e" + i), applied(2, "contoso", "e" + i, "k1"));
        }
        List<Publication> published = new ArrayList<>(topology.when(erased(9, REQUEST)));
        Event[] between = {
            clean(10, "contoso", "e0"),
            clean(10, "contoso", "e8"),
            applied(11, "contoso", "e8", "k1"),
            clean(10, "contoso", "new"),
            rotated(12, "contoso", "k1", "v2")
        };
        for (Event event : between) {
            published.addAll(topology.when(event));
        }
        published.addAll(finish());

        assertThat(erasure(topology.rawOutput(Topic.ERASURES).getFirst()).erased())
                .isEqualTo(new FanOut.Erased(9, 0, retractions(published)));
        List<String> left = rows();
        restart(2);
        topology.given(erased(9, REQUEST));
        List<Publication> afresh = topology.when(between);
        assertThat(left).isEqualTo(rows());
        assertThat(summaries(withoutRetractions(published))).containsExactlyInAnyOrderElementsOf(summaries(afresh));
    }

    @Test
    void aSecondRequestErasesWhatCameAfterTheFirst() {
        restart(2);
        for (int i = 0; i < 9; i++) {
            topology.given(clean(1, "contoso", "e" + i));
        }
        topology.given(erased(9, REQUEST), clean(10, "contoso", "e8"), clean(10, "contoso", "new"));
        topology.given(erased(11, UUID.randomUUID().toString()), clean(12, "contoso", "e7"));
        finish();

        List<Erasure> erasures = topology.rawOutput(Topic.ERASURES).stream()
                .map(ErasureTest.this::erasure)
                .toList();
        assertThat(erasures).extracting(Erasure::requestedAt).containsExactly(day(9), day(11));
        assertThat(erasures.stream()
                        .map(Erasure::erased)
                        .reduce(FanOut.Erased.NOTHING, FanOut.Erased::plus)
                        .environments())
                .isEqualTo(11);
        List<String> left = rows();
        restart(2);
        topology.given(erased(11, REQUEST), clean(12, "contoso", "e7"));
        assertThat(left).isEqualTo(rows());
    }

    @Test
    void otherTenantsAreServedInBetween() {
        restart(1);
        for (int i = 0; i < 5; i++) {
            topology.given(clean(1, "contoso", "e" + i));
        }
        topology.given(erased(9, REQUEST));

        assertThat(summaries(topology.when(clean(1, "fabrikam", "hr"))))
                .containsExactly("fabrikam/hr r1 MICROSOFT_MANAGED NONE");
        assertThat(topology.rawOutput(Topic.ERASURES)).isEmpty();
    }

    private static Event.TenantErased erased(int day, String request) {
        return new Event.TenantErased(CONTOSO, new Stamp(day(day), new EventId(request)));
    }

    /// Three environments: one with all kinds of records, one that waits for a slot, one that is purged.
    private static Event[] lifeOf(String tenant) {
        return new Event[] {
            limit(1, tenant, 1),
            Events.changed(1, tenant, "hr", Lifecycle.ACTIVE, flowsFrom(1)),
            applied(2, tenant, "hr", "k1"),
            reported(3, tenant, "hr", "k1"),
            clean(1, tenant, "waits"),
            applied(3, tenant, "waits", "k2"),
            clean(1, tenant, "purged"),
            Events.changed(2, tenant, "purged", Lifecycle.PURGED, flowsFrom(1)),
            rotated(3, tenant, "k1", "v2"),
            revoked(4, tenant, "k1"),
            restored(5, tenant, "k1"),
            revoked(5, tenant, "k2"),
            removed(6, tenant, "hr", "k1"),
            limit(7, tenant, 5),
        };
    }

    private List<Publication> finish() {
        List<Publication> published = new ArrayList<>();
        while (topology.fanOutsWait()) {
            published.addAll(topology.afterAWhile());
        }
        return published;
    }

    private List<String> rows() {
        return KeywardTopology.stores().stream()
                .flatMap(store -> topology.rowsOf(store).stream().map(row -> store + " " + row))
                .toList();
    }

    private static boolean namesContoso(String row) {
        return row.contains(HexFormat.of().formatHex("contoso".getBytes(StandardCharsets.UTF_8)));
    }

    private static void fold(Map<String, Publication> latest, List<Publication> published) {
        for (Publication publication : published) {
            if (publication instanceof Publication.Retraction) {
                latest.remove(publication.key());
            } else {
                latest.put(publication.key(), publication);
            }
        }
    }

    private static long retractions(List<Publication> published) {
        return published.stream()
                .filter(Publication.Retraction.class::isInstance)
                .count();
    }

    private static List<Publication> withoutRetractions(List<Publication> published) {
        return published.stream()
                .filter(publication -> !(publication instanceof Publication.Retraction))
                .toList();
    }

    private Erasure erasure(TestRecord<String, byte[]> record) {
        AvroDeserializer deserializer = TopicSchemas.reader(topology.registry(), Topic.withSchema(Topic.Direction.OUT));
        return ErasureCodec.read(deserializer.deserialize("cmk.erasures", record.value()));
    }
}
