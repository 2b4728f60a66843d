package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import io.keyward.topology.store.TestStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// State that was restored from copies, each of which ends at another moment.
class RestoredStateTest {
    private static final FanOut.Address HR = new FanOut.Address(new TenantId("contoso"), new EnvironmentId("hr"));

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private final List<Publication> published = new ArrayList<>();
    private StandingOutputs outputs = new StandingOutputs(Map.of(), Map.of(), Map.of());

    @BeforeEach
    void makeStores() {
        context.setCurrentSystemTimeMs(0);
        KeywardTopology.stores().forEach(name -> stores.put(name, TestStores.in(context, name)));
    }

    @Test
    void nothingIsPublishedWhileItIsRecovered() {
        decide(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        standsAsStored();
        assertThat(recover(revoked(3, "contoso", "k1")).unknown()).isEmpty();
        assertThat(published).isEmpty();
        assertThat(states(decide())).containsExactly("hr LOCKED 3");
    }

    @Test
    void whatTheOutputsLackIsPublishedByTheNextStart() {
        decide(clean(1, "contoso", "hr"));
        standsAsStored();
        decide(applied(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k1"));
        recover();
        List<Publication> later = decide();
        assertThat(states(later)).containsExactly("hr LOCKED 4");
        assertThat(later)
                .anySatisfy(publication -> assertThat(publication.key()).isEqualTo("contoso/hr/KEY_REVOKED"));
    }

    @Test
    void whatTheOutputsHaveBeforeTheRowsIsNotPublishedAgain() {
        decide(clean(1, "contoso", "hr"));
        Map<Bytes, byte[]> copied = rows(Nodes.ENVIRONMENTS);
        decide(applied(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k1"));
        standsAsStored();
        replace(Nodes.ENVIRONMENTS, copied);
        recover(applied(2, "contoso", "hr", "k1"));
        assertThat(states(decide())).isEmpty();
    }

    /// The facts of the key are known, so the event alone would reach no environment.
    @Test
    void aRevocationReachesAnEnvironmentWhoseRowIsOlder() {
        decide(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        standsAsStored();
        Map<Bytes, byte[]> copied = rows(Nodes.ENVIRONMENTS);
        decide(revoked(3, "contoso", "k1"));
        replace(Nodes.ENVIRONMENTS, copied);
        recover(revoked(3, "contoso", "k1"));
        assertThat(states(decide())).containsExactly("hr LOCKED 3");
    }

    /// R33: the published progress covers events that are lost.
    @Test
    void publishedProgressIsDeleted() {
        decide(clean(1, "contoso", "hr"));
        standsAsStored();
        stores.get(Nodes.TENANTS)
                .put(ProgressRow.KEY, new ProgressRow(day(9), Position.start(0).toString()).bytes());
        recover();
        assertThat(rows(Nodes.TENANTS)).doesNotContainKey(ProgressRow.KEY);
    }

    @Test
    void derivedRowsAreRebuilt() {
        decide(
                limit(1, "contoso", 1),
                clean(1, "contoso", "hr"),
                clean(1, "contoso", "it"),
                applied(2, "contoso", "hr", "k1"),
                applied(3, "contoso", "it", "k2"),
                clean(1, "fabrikam", "a"),
                applied(2, "fabrikam", "a", "k1"),
                removed(3, "fabrikam", "a", "k1"),
                clean(1, "fabrikam", "b"),
                applied(2, "fabrikam", "b", "k1"));
        standsAsStored();
        Map<Bytes, byte[]> tenants = rows(Nodes.TENANTS);
        Map<Bytes, byte[]> usage = rows(Nodes.KEY_USAGE);
        Map<Bytes, byte[]> deadlines = rows(Nodes.DEADLINES);
        assertThat(deadlines).hasSizeGreaterThan(1);

        replace(Nodes.TENANTS, Map.of());
        replace(Nodes.KEY_USAGE, Map.of());
        replace(Nodes.DEADLINES, Map.of());
        recover(limit(1, "contoso", 1)); // a fact, so it is not rebuilt
        assertThat(states(decide())).isEmpty();

        assertThat(rows(Nodes.KEY_USAGE).keySet()).isEqualTo(usage.keySet());
        assertThat(rows(Nodes.DEADLINES).keySet()).isEqualTo(deadlines.keySet());
        assertThat(rows(Nodes.TENANTS).keySet()).containsAll(tenants.keySet());
        assertThat(states(decide(revoked(5, "contoso", "k1")))).containsExactly("hr LOCKED 3");
    }

    @Test
    void rowsThatNoFactSupportsAreDeleted() {
        Map<Bytes, byte[]> usage = rows(Nodes.KEY_USAGE);
        decide(limit(1, "contoso", 1), clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        replace(Nodes.ENVIRONMENTS, Map.of());
        recover();
        assertThat(rows(Nodes.KEY_USAGE)).isEqualTo(usage);
        // The slot is free again.
        assertThat(states(decide(clean(1, "contoso", "it"), applied(2, "contoso", "it", "k1"))))
                .contains("it CUSTOMER_MANAGED 2");
    }

    @Test
    void whoWasPublishedAsEnabledKeepsItsSlot() {
        decide(limit(1, "contoso", 1), clean(1, "contoso", "hr"));
        Map<Bytes, byte[]> copied = rows(Nodes.ENVIRONMENTS);
        Map<Bytes, byte[]> tenants = rows(Nodes.TENANTS);
        decide(applied(2, "contoso", "hr", "k1"));
        standsAsStored();
        replace(Nodes.ENVIRONMENTS, copied);
        replace(Nodes.TENANTS, tenants);
        recover(clean(1, "contoso", "it"), applied(1, "contoso", "it", "k1"), applied(2, "contoso", "hr", "k1"));
        decide();
        assertThat(environments().get(HR.tenantId(), HR.environmentId()).slot().held())
                .isTrue();
        assertThat(environments()
                        .get(HR.tenantId(), new EnvironmentId("it"))
                        .slot()
                        .held())
                .isFalse();
    }

    /// R14: it is enabled since its first application, which became known only after the copy.
    @Test
    void whoDidNotWaitForItsSlotIsEnabledSinceItsSeriesBegan() {
        decide(clean(1, "contoso", "hr"));
        Map<Bytes, byte[]> copied = rows(Nodes.ENVIRONMENTS);
        decide(applied(5, "contoso", "hr", "k1"));
        standsAsStored();
        replace(Nodes.ENVIRONMENTS, copied);
        recover(applied(5, "contoso", "hr", "k1"));
        decide(applied(2, "contoso", "hr", "k1"));
        assertThat(enabledSince()).contains(day(2));
    }

    @Test
    void whoWaitedForItsSlotIsEnabledSinceTheWaitEnded() {
        decide(limit(1, "contoso", 0), clean(1, "contoso", "hr"));
        Map<Bytes, byte[]> copied = rows(Nodes.ENVIRONMENTS);
        decide(applied(2, "contoso", "hr", "k1"), limit(5, "contoso", 1));
        standsAsStored();
        replace(Nodes.ENVIRONMENTS, copied);
        recover(applied(2, "contoso", "hr", "k1"), limit(5, "contoso", 1));
        decide();
        assertThat(enabledSince()).contains(day(5));
    }

    private Optional<Instant> enabledSince() {
        return environments()
                .get(HR.tenantId(), HR.environmentId())
                .published()
                .decision()
                .flatMap(Decision::enabledSince);
    }

    @Test
    void anEnvironmentOfWhichNoEventIsThereIsNamedAndLeftAsItIsPublished() {
        decide(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        standsAsStored();
        stores.keySet().forEach(name -> replace(name, Map.of()));
        assertThat(recover().unknown()).containsExactly("contoso/hr");
        assertThat(decide()).isEmpty();
        assertThat(states(decide(
                        revoked(3, "contoso", "k1"), clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"))))
                .last()
                .asString()
                .startsWith("hr LOCKED")
                .isGreaterThan("hr LOCKED 2");
    }

    /// The first recovery may have been killed before it reported them, or only other events were sent again.
    @Test
    void anEnvironmentOfWhichNoEventIsThereIsNamedByEachRecovery() {
        decide(clean(1, "contoso", "hr"));
        standsAsStored();
        stores.keySet().forEach(name -> replace(name, Map.of()));
        recover();
        assertThat(recover().unknown()).containsExactly("contoso/hr");
        assertThat(recover(clean(1, "contoso", "hr")).unknown()).isEmpty();
        assertThat(recover().unknown()).isEmpty();
    }

    /// As where the decision's tombstone was copied, and that of the warning was not.
    @Test
    void anEnvironmentOfWhichOnlyAWarningStandsIsNamed() {
        decide(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k1"));
        standsAsStored();
        Published known = outputs.environments().get(HR);
        outputs = new StandingOutputs(
                Map.of(
                        HR,
                        new Published(
                                known.revision(), Optional.empty(), known.warnings(), Published.NOTHING.signals())),
                Map.of(),
                Map.of());
        stores.keySet().forEach(name -> replace(name, Map.of()));
        assertThat(recover().unknown()).containsExactly("contoso/hr");
    }

    @Test
    void revisionsGoOnWhereThePurgeWasCopiedAndTheRowWasNot() {
        Published purged =
                new Published(7, Optional.empty(), Published.NOTHING.warnings(), Published.NOTHING.signals());
        outputs = new StandingOutputs(Map.of(HR, purged), Map.of(), Map.of());
        assertThat(recover().unknown()).isEmpty();
        assertThat(decide()).isEmpty();
        assertThat(states(decide(clean(1, "contoso", "hr"))))
                .singleElement()
                .asString()
                .endsWith(" 8");
    }

    @Test
    void anEnvironmentWhoseEventsComeIsNotNamed() {
        decide(clean(1, "contoso", "hr"));
        standsAsStored();
        stores.keySet().forEach(name -> replace(name, Map.of()));
        assertThat(recover(clean(1, "contoso", "hr")).unknown()).isEmpty();
        assertThat(states(decide())).isEmpty();
    }

    @Test
    void eventsThatNewDecisionsRestOnAreNamedUntilTheyAreReadAgain() {
        Event revoked = revoked(3, "contoso", "k1");
        Cause cause = new Cause("KeyRevoked", revoked.stamp().eventId().value(), revoked.occurredAt(), "t", 0, 7);
        outputs = new StandingOutputs(
                Map.of(), Map.of(), Map.of(new StandingOutputs.EventOf(HR.tenantId(), cause.eventId()), cause));
        assertThat(recover(clean(1, "contoso", "hr")).lost())
                .containsExactly("KeyRevoked revoked-3-contoso-k1 of contoso at 2026-03-03T00:00:00Z");
        assertThat(recover(revoked).lost()).isEmpty();
    }

    /// What readers know is what the rows say now.
    private void standsAsStored() {
        Map<FanOut.Address, Published> known = new HashMap<>();
        environments()
                .listAfter(Optional.empty(), 100)
                .forEach(address -> known.put(
                        address,
                        environments()
                                .get(address.tenantId(), address.environmentId())
                                .published()));
        outputs = new StandingOutputs(known, Map.of(), Map.of());
    }

    /// Starts a processor as `run` does, gives it events, and returns what it has published.
    private List<Publication> decide(Event... events) {
        return run(Optional.empty(), events);
    }

    /// Starts a processor as `recover` does.
    private RestoredState recover(Event... events) {
        RestoredState restored = new RestoredState(_ -> outputs, Set.of(0), Set.of());
        run(Optional.of(restored), events);
        assertThat(restored.isDone()).isTrue();
        return restored;
    }

    private List<Publication> run(Optional<RestoredState> restored, Event... events) {
        published.clear();
        DecideProcessor processor = new DecideProcessor(
                new Flow(
                        TopologyHarness.NAMES,
                        1,
                        RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                        Bounds.DEFAULT,
                        () -> Instant.EPOCH),
                TestPorts.of(new FlowObserver() {
                    @Override
                    public void published(
                            Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
                        published.add(publication);
                    }
                }),
                CompleteState.unchecked(),
                restored);
        int before = context.scheduledPunctuators().size();
        processor.init(context);
        punctuate(before);
        for (Event event : events) {
            OriginCoordinates origin =
                    new OriginCoordinates(TopologyHarness.NAMES.name(TopologyHarness.topicOf(event)), 0, 0);
            processor.process(new Record<>(
                    event.tenantId().value(),
                    new Admitted(event, origin, new byte[0]),
                    event.occurredAt().toEpochMilli()));
        }
        for (int round = 0; round < 10; round++) {
            punctuate(before);
        }
        processor.close();
        return List.copyOf(published);
    }

    private void punctuate(int from) {
        List<MockProcessorContext.CapturedPunctuator> all = context.scheduledPunctuators();
        all.subList(from, all.size()).stream()
                .filter(punctuator -> punctuator.getType() == PunctuationType.WALL_CLOCK_TIME)
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(0));
    }

    private static List<String> states(List<Publication> publications) {
        return publications.stream()
                .filter(Publication.OfDecision.class::isInstance)
                .map(Publication.OfDecision.class::cast)
                .filter(decision -> decision.decision().encryptionState() != EncryptionState.MICROSOFT_MANAGED
                        || decision.revision() > 1)
                .map(decision -> decision.environmentId().orElseThrow() + " "
                        + decision.decision().encryptionState() + " " + decision.revision())
                .toList();
    }

    private EnvironmentStore environments() {
        return new EnvironmentStore(stores.get(Nodes.ENVIRONMENTS));
    }

    private Map<Bytes, byte[]> rows(String store) {
        Map<Bytes, byte[]> rows = new TreeMap<>();
        try (var all = stores.get(store).all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
    }

    private void replace(String store, Map<Bytes, byte[]> rows) {
        rows(store).keySet().forEach(stores.get(store)::delete);
        rows.forEach(stores.get(store)::put);
    }
}
