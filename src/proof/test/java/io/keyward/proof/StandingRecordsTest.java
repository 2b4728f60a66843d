package io.keyward.proof;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.StandingOutputs;
import io.keyward.topology.contract.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands published, gathered from the records of the outputs.
class StandingRecordsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final FanOut.Address E1 = new FanOut.Address(CONTOSO, new EnvironmentId("e1"));
    private static final Event CREATED = snapshot(day(1), production());
    private static final Event APPLIED = applied(day(2), "p1", "k1");

    @Test
    void theRevisionOfAPurgedEnvironmentIsKept() {
        StandingRecords records = gathered(Set.of(), CREATED, APPLIED);
        retract(records);
        assertThat(published(records))
                .isEqualTo(Map.of(
                        E1,
                        new Published(2, Optional.empty(), Published.NOTHING.warnings(), Published.NOTHING.signals())));
    }

    @Test
    void nothingIsKeptOfAnErasedTenant() {
        StandingRecords records = gathered(Set.of(Erasure.sha256(CONTOSO)), CREATED, APPLIED);
        retract(records);
        assertThat(published(records)).isEmpty();
    }

    @Test
    void whatIsDecidedAfterAnErasureStands() {
        StandingRecords records = gathered(Set.of(Erasure.sha256(CONTOSO)), CREATED, APPLIED);
        retract(records);
        put(records, new ReferenceModel(Profiles.SEED).accept(CREATED));
        assertThat(published(records).get(E1).revision()).isEqualTo(1);
        assertThat(published(records).get(E1).decision()).isPresent();
    }

    @Test
    void everyKindOfRecordIsGathered() {
        Event limit = limit(day(1), 1);
        StandingRecords records = gathered(Set.of(), limit, CREATED, APPLIED, removed(day(3), "p1"));

        Published gathered = published(records).get(E1);

        assertThat(gathered.decision()).map(Decision::encryptionState).contains(EncryptionState.MICROSOFT_MANAGED);
        assertThat(gathered.revision()).isEqualTo(3);
        assertThat(gathered.openWarnings()).containsExactly(WarningCode.RETAIN_KEY);
        assertThat(gathered.signals().keySet()).containsExactlyElementsOf(Profiles.SINKS);
        assertThat(gathered.sinkNames()).isEmpty();
        assertThat(records.outputs().limits()).isEqualTo(Map.of(CONTOSO, Optional.empty()));
    }

    @Test
    void whatIsOpenIsToldWithItsTime() {
        StandingRecords records = gathered(Set.of(), limit(day(1), 1), CREATED, APPLIED, revoked(day(4), "k1"));
        Published gathered = published(records).get(E1);
        assertThat(gathered.warnings().get(WarningCode.KEY_REVOKED))
                .map(Incident::raisedAt)
                .contains(day(4));
        assertThat(gathered.sinkNames()).containsExactlyElementsOf(Profiles.SINKS);
        assertThat(records.outputs().limits().get(CONTOSO))
                .map(Incident::raisedAt)
                .contains(day(2));
    }

    /// The topics may end at different revisions.
    @Test
    void theRevisionOfASignalBehindTheLastDecisionCounts() {
        StandingRecords records = new StandingRecords(Set.of());
        new ReferenceModel(Profiles.SEED)
                .accept(CREATED)
                .forEach(publication ->
                        records.put("d", publication.key(), Optional.of((Publication.Stated) publication), false));
        records.put(
                "s",
                "contoso/e1/A",
                Optional.of(new Publication.OfSignal(
                        "A",
                        new Signal(Signal.Action.SUPPRESS, day(1), List.of()),
                        Rule.R14,
                        7,
                        Publication.About.of(
                                CONTOSO,
                                new EnvironmentName(E1.environmentId(), Optional.empty()),
                                "",
                                cause("x", 0)))),
                false);
        assertThat(published(records).get(E1).revision()).isEqualTo(7);
    }

    /// A type of event, its offset, whether it is new, and whether its sender must send it again.
    @ParameterizedTest
    @CsvSource({
        "PolicyApplied, 0, true, true",
        "PolicyApplied, 5, true, true",
        "PolicyApplied, 0, false, false",
        "TimeReached, 0, true, false",
        "PROFILE_CHANGED, -1, true, false"
    })
    void onlyTheCausesOfNewDecisionsThatOthersSentAreTold(String type, long offset, boolean isNew, boolean told) {
        StandingRecords records = new StandingRecords(Set.of());
        Publication.OfDecision decision = decision(cause(type, offset));
        records.put("d", decision.key(), Optional.of(decision), isNew);
        assertThat(records.outputs().causes())
                .isEqualTo(told ? Map.of(new StandingOutputs.EventOf(CONTOSO, "event"), decision.cause()) : Map.of());
        records.put("d", decision.key(), Optional.of(decision(cause("PolicyApplied", 9))), false);
        assertThat(records.outputs().causes()).isEmpty();
    }

    private static Cause cause(String type, long offset) {
        return new Cause(type, "event", day(1), "topic", 0, offset);
    }

    private static Publication.OfDecision decision(Cause cause) {
        return new ReferenceModel(Profiles.SEED)
                .accept(CREATED).stream()
                        .filter(Publication.OfDecision.class::isInstance)
                        .map(Publication.OfDecision.class::cast)
                        .map(made -> new Publication.OfDecision(
                                made.revision(),
                                made.decision(),
                                made.openWarnings(),
                                made.suppressedSinks(),
                                new Publication.About(
                                        made.tenantId(),
                                        made.environmentId(),
                                        made.about().environmentName(),
                                        made.ruleProfile(),
                                        cause)))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void anotherTenantsErasureKeepsTheRevision() {
        StandingRecords records = gathered(Set.of(Erasure.sha256(new TenantId("fabrikam"))), CREATED, APPLIED);
        retract(records);
        assertThat(published(records).get(E1).revision()).isEqualTo(2);
    }

    private static StandingRecords gathered(Set<String> erased, Event... events) {
        StandingRecords records = new StandingRecords(erased);
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        for (Event event : events) {
            put(records, model.accept(event));
        }
        return records;
    }

    private static void put(StandingRecords records, List<Publication> publications) {
        publications.forEach(publication -> records.put(
                Topics.of(publication).baseName(),
                publication.key(),
                Optional.of((Publication.Stated) publication),
                false));
    }

    /// A tombstone for each record that stands.
    private static void retract(StandingRecords records) {
        published(records).values().forEach(published -> {
            records.put(Topic.ENCRYPTION_DECISIONS.baseName(), "contoso/e1", Optional.empty(), false);
            published
                    .warnings()
                    .keySet()
                    .forEach(warning ->
                            records.put(Topic.WARNINGS.baseName(), "contoso/e1/" + warning, Optional.empty(), false));
            published
                    .signals()
                    .keySet()
                    .forEach(sink -> records.put(
                            Topic.ANALYTICS_SUPPRESSIONS.baseName(), "contoso/e1/" + sink, Optional.empty(), false));
        });
    }

    private static Map<FanOut.Address, Published> published(StandingRecords records) {
        return records.outputs().environments();
    }
}
