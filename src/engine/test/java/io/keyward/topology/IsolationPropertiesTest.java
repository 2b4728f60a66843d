package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EventHistories;
import io.keyward.domain.Profiles;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// Tenants do not affect each other, in the real topology.
///
/// All histories run through the same two topologies, each with its own tenants: what one history leaves in
/// the stores must not affect the next.
class IsolationPropertiesTest {
    private static final int TRIES = 1_000;
    private static final TopologyHarness AMONG_OTHERS = TopologyHarness.start(Profiles.SEED, FlowObserver.NONE);
    private static final TopologyHarness ALONE = TopologyHarness.start(Profiles.SEED, FlowObserver.NONE);
    private static int histories;

    @AfterContainer
    static void stop() {
        AMONG_OTHERS.close();
        ALONE.close();
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return EventHistories.of(EventHistories.ALL, 30);
    }

    /// Events of other tenants change nothing of what is published for a tenant.
    @Property(tries = TRIES)
    void otherTenantsMakeNoDifference(@ForAll("any") List<Event> events) {
        List<Event> all = ofTenantsOfTheirOwn(events);
        TenantId tenant = all.getLast().tenantId();
        List<Publication> among = new ArrayList<>();
        List<Publication> alone = new ArrayList<>();
        for (Event event : all) {
            among.addAll(AMONG_OTHERS.when(event));
            if (event.tenantId().equals(tenant)) {
                alone.addAll(ALONE.when(event));
            }
        }
        among.removeIf(publication -> !publication.tenantId().equals(tenant));
        assertThat(withoutCoordinates(among)).isEqualTo(withoutCoordinates(alone));
    }

    private static synchronized List<Event> ofTenantsOfTheirOwn(List<Event> events) {
        String prefix = "h" + histories++ + "-";
        return events.stream()
                .map(event -> of(new TenantId(prefix + event.tenantId()), event))
                .toList();
    }

    private static Event of(TenantId tenant, Event event) {
        return switch (event) {
            case Event.PolicyApplied e ->
                new Event.PolicyApplied(tenant, e.stamp(), e.environmentId(), e.policyId(), e.key());
            case Event.PolicyRemoved e -> new Event.PolicyRemoved(tenant, e.stamp(), e.environmentId(), e.policyId());
            case Event.EnvironmentChanged e ->
                new Event.EnvironmentChanged(tenant, e.stamp(), e.environmentId(), e.snapshot(), e.runtimeEnabled());
            case Event.KeyRotated e ->
                new Event.KeyRotated(tenant, e.stamp(), e.key(), e.newVersion(), e.previousVersion(), e.expiresAt());
            case Event.KeyRevoked e -> new Event.KeyRevoked(tenant, e.stamp(), e.key(), e.version(), e.cause());
            case Event.KeyRestored e -> new Event.KeyRestored(tenant, e.stamp(), e.key(), e.version(), e.cause());
            case Event.KeyExpiring e -> new Event.KeyExpiring(tenant, e.stamp(), e.key(), e.version(), e.expiresAt());
            case Event.TenantLimitChanged e -> new Event.TenantLimitChanged(tenant, e.stamp(), e.environmentLimit());
            case Event.EnforcementReported e ->
                new Event.EnforcementReported(
                        tenant, e.stamp(), e.environmentId(), e.component(), e.part(), e.report(), e.parts());
            case Event.TenantErased e -> new Event.TenantErased(tenant, e.stamp());
            case Event.TimeReached e -> new Event.TimeReached(tenant, e.dueAt());
        };
    }

    /// The position of the cause differs, because records of other tenants are in between.
    private static List<Publication> withoutCoordinates(List<Publication> publications) {
        return publications.stream()
                .<Publication>map(publication -> switch (publication) {
                    case Publication.OfDecision p ->
                        new Publication.OfDecision(
                                p.revision(),
                                p.decision(),
                                p.openWarnings(),
                                p.suppressedSinks(),
                                withoutCoordinates(p.about()));
                    case Publication.OfWarning p ->
                        new Publication.OfWarning(
                                p.code(),
                                withoutCoordinates(p.incident()),
                                p.message(),
                                p.clearedAt(),
                                withoutCoordinates(p.about()));
                    case Publication.OfSignal p ->
                        new Publication.OfSignal(
                                p.sink(), p.signal(), p.reason(), p.revision(), withoutCoordinates(p.about()));
                    case Publication.Retraction p -> p;
                })
                .toList();
    }

    private static Publication.About withoutCoordinates(Publication.About about) {
        return new Publication.About(
                about.tenantId(),
                about.environmentId(),
                about.environmentName(),
                about.ruleProfile(),
                withoutCoordinates(about.cause()));
    }

    private static Incident withoutCoordinates(Incident incident) {
        return new Incident(
                new IncidentId(incident.id().number(), "", 0, 0),
                incident.sequence(),
                incident.raisedAt(),
                incident.severity(),
                incident.subjects(),
                incident.subjectCount(),
                incident.fingerprint());
    }

    private static Cause withoutCoordinates(Cause cause) {
        return new Cause(cause.eventType(), cause.eventId(), cause.occurredAt(), "", 0, 0);
    }
}
