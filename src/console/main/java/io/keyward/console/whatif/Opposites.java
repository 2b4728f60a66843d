package io.keyward.console.whatif;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.PartName;
import io.keyward.topology.store.TenantReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The events that may undo an event, from what was known before it. Which of them does, only trying tells.
final class Opposites {
    /// The longest id of an event, see `Identifiers`.
    private static final int MAX_ID_BYTES = 200;

    private final Event undone;
    private final TenantReader before;
    private final Instant at;
    private int made;

    /// @param at when the opposite events occur; later than the event
    Opposites(Event undone, TenantReader before, Instant at) {
        this.undone = undone;
        this.before = before;
        this.at = at;
    }

    /// The candidates, the likeliest first: each some events, in order.
    List<List<Event>> candidates() {
        return switch (undone) {
            case Event.PolicyApplied e -> ofApplication(e);
            case Event.PolicyRemoved e -> ofRemoval(e);
            case Event.EnvironmentChanged e -> ofSnapshot(e);
            case Event.KeyRevoked e ->
                List.of(List.of(
                        new Event.KeyRestored(e.tenantId(), stamp(), e.key(), e.version(), Optional.of(e.cause()))));
            case Event.KeyRestored e -> ofRestoration(e);
            case Event.KeyExpiring e -> ofAnnouncement(e);
            case Event.TenantLimitChanged e ->
                List.of(List.of(new Event.TenantLimitChanged(
                        e.tenantId(), stamp(), before.state().limit())));
            case Event.EnforcementReported e -> ofReport(e);
            case Event.KeyRotated _, Event.TenantErased _, Event.TimeReached _ -> List.of();
        };
    }

    private List<List<Event>> ofApplication(Event.PolicyApplied e) {
        List<Event> remove = List.of(new Event.PolicyRemoved(e.tenantId(), stamp(), e.environmentId(), e.policyId()));
        EnvironmentState state = before.state(e.environmentId());
        return state.published()
                .decision()
                .flatMap(Decision::policyId)
                .flatMap(policy ->
                        newest(state, application -> application.policyId().equals(policy)))
                .map(previous -> previous.policyId().equals(e.policyId())
                        ? List.of(again(e, previous))
                        : List.of(again(e, previous), remove))
                .orElseGet(() -> List.of(remove));
    }

    private List<List<Event>> ofRemoval(Event.PolicyRemoved e) {
        return newest(
                        before.state(e.environmentId()),
                        application -> application.policyId().equals(e.policyId()))
                .map(application -> List.of(again(e, application)))
                .orElseGet(List::of);
    }

    private static Optional<Fact.Application> newest(EnvironmentState state, Predicate<Fact.Application> wanted) {
        return state.facts().applications().facts().reversed().stream()
                .filter(wanted)
                .findFirst();
    }

    private List<Event> again(Event.OfEnvironment e, Fact.Application application) {
        return List.of(new Event.PolicyApplied(
                e.tenantId(), stamp(), e.environmentId(), application.policyId(), application.key()));
    }

    private List<List<Event>> ofSnapshot(Event.EnvironmentChanged e) {
        Lifecycle lifecycle = e.snapshot().lifecycle();
        if (lifecycle == Lifecycle.PURGED || lifecycle == Lifecycle.RESET) {
            return List.of();
        }
        EnvironmentState state = before.state(e.environmentId());
        return state.facts()
                .snapshot()
                .map(Register::value)
                .map(previous -> runtimes(state)
                        .map(enabled -> List.<Event>of(new Event.EnvironmentChanged(
                                e.tenantId(), stamp(), e.environmentId(), withoutReset(previous), enabled)))
                        .toList())
                .orElse(List.of());
    }

    /// Whether the runtime was enabled is not stored. It was, unless a lock had stopped it; an enabled one would end a
    /// wait (R21).
    private static Stream<Boolean> runtimes(EnvironmentState state) {
        boolean stopped = state.published()
                .decision()
                .map(Decision::encryptionState)
                .filter(was -> was == EncryptionState.LOCKED || was == EncryptionState.RECOVERABLE)
                .isPresent();
        return Stream.of(!stopped, stopped);
    }

    /// Stating a reset again would be a second reset.
    private static Snapshot withoutReset(Snapshot s) {
        return s.lifecycle() == Lifecycle.RESET ? s.with(Lifecycle.ACTIVE, s.type(), s.managed()) : s;
    }

    /// Revokes again what it restored.
    private List<List<Event>> ofRestoration(Event.KeyRestored e) {
        Fact.Restoration restoration = new Fact.Restoration(e.stamp(), e.version(), e.cause());
        List<Event> revocations = new ArrayList<>();
        before.keyFacts(e.key()).openRevocations().stream()
                .filter(restoration::closes)
                .forEach(ended -> revocations.add(
                        new Event.KeyRevoked(e.tenantId(), stamp(), e.key(), ended.version(), ended.cause())));
        return revocations.isEmpty() ? List.of() : List.of(revocations);
    }

    private List<List<Event>> ofAnnouncement(Event.KeyExpiring e) {
        return before.keyFacts(e.key()).expiryOf(e.version()).stream()
                .map(expiry -> List.<Event>of(
                        new Event.KeyExpiring(e.tenantId(), stamp(), e.key(), e.version(), expiry.expiresAt())))
                .toList();
    }

    /// The same part reports again what it did before, with the parts that were known then.
    private List<List<Event>> ofReport(Event.EnforcementReported e) {
        ComponentReports reported = before.reports(
                        e.environmentId(), before.state(e.environmentId()).facts())
                .of(e.component());
        List<PartName> others = reported.knownNames().stream()
                .filter(name -> !name.equals(e.part()))
                .toList();
        PartReports previous = reported.parts().get(e.part());
        return previous == null || others.size() > EnforcementReport.MAX_ENTRIES
                ? List.of()
                : List.of(List.of(new Event.EnforcementReported(
                        e.tenantId(),
                        stamp(),
                        e.environmentId(),
                        e.component(),
                        e.part(),
                        previous.latest().report(),
                        others)));
    }

    /// Snapshots as they are now, but with an enabled runtime: what ends the wait after a lock (R21). They occur after
    /// the other candidates.
    List<Event> runtimesEnabled(List<EnvironmentId> environments, TenantReader now) {
        Instant later = at.plusMillis(1);
        List<Event> enabled = new ArrayList<>();
        for (EnvironmentId environment : environments) {
            now.state(environment)
                    .facts()
                    .snapshot()
                    .ifPresent(snapshot -> enabled.add(new Event.EnvironmentChanged(
                            undone.tenantId(),
                            new Stamp(later, id()),
                            environment,
                            snapshot.value(),
                            /* runtimeEnabled= */ true)));
        }
        return enabled;
    }

    private Stamp stamp() {
        return new Stamp(at, id());
    }

    /// An id of its own, which tells what it undoes, within the longest length of an id.
    private EventId id() {
        made++;
        String of = undone.stamp().eventId().value();
        String prefix = "undo-" + made + "-";
        while ((prefix + of).getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            of = of.substring(0, of.offsetByCodePoints(of.length(), -1));
        }
        return new EventId(prefix + of);
    }
}
