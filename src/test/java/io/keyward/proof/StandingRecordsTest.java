package io.keyward.proof;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What stands published, gathered from the records of the outputs.
class StandingRecordsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Sweep.Address E1 = new Sweep.Address(CONTOSO, new EnvironmentId("e1"));
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

    private static StandingRecords gathered(Set<String> erased, Event... events) {
        StandingRecords records = new StandingRecords(erased);
        ReferenceModel model = new ReferenceModel(Profiles.SEED);
        for (Event event : events) {
            put(records, model.accept(event));
        }
        return records;
    }

    private static void put(StandingRecords records, List<Publication> publications) {
        publications.forEach(publication ->
                records.put(Topic.of(publication).baseName(), publication.key(), Optional.of(publication), false));
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

    private static Map<Sweep.Address, Published> published(StandingRecords records) {
        return records.outputs().environments();
    }
}
