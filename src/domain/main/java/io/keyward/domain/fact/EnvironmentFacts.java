package io.keyward.domain.fact;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// All known facts of one environment: registers that merge in any order, and nothing derived (docs/domain.md,
/// "Facts").
///
/// @param allApplications including those that a reset voids; only R15 uses these
/// @param allRemovals including those that a reset voids
/// @param reported the components that ever reported, in their order; their reports are in [Reports]
public record EnvironmentFacts(
        Optional<Register<Snapshot>> snapshot,
        Optional<Instant> purgedAt,
        Newest<Fact.Reset> resets,
        Optional<Instant> runtimeEnabledAt,
        Newest<Fact.Application> allApplications,
        Newest<Fact.Removal> allRemovals,
        Set<Component> reported) {
    public EnvironmentFacts {
        reported = reported.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(reported));
    }

    /// How many applications, how many removals, and how many resets are remembered.
    public static final int CAPACITY = 32;

    /// Nothing known.
    public static final EnvironmentFacts NONE = new EnvironmentFacts(
            Optional.empty(),
            Optional.empty(),
            Newest.none(CAPACITY),
            Optional.empty(),
            Newest.none(CAPACITY),
            Newest.none(CAPACITY),
            Set.of());

    /// How the last snapshot names the environment.
    public Optional<String> displayName() {
        return snapshot.flatMap(known -> known.value().displayName());
    }

    /// These facts with the fact of the event; equal to `this` if the event adds nothing.
    public EnvironmentFacts with(Event.OfEnvironment event) {
        return switch (event) {
            case Event.EnforcementReported e -> reported(e.component());
            case Event.OfEnvironment e when isPurged(e.occurredAt()) -> this;
            case Event.PolicyApplied e ->
                with(allApplications.with(new Fact.Application(e.stamp(), e.policyId(), e.key())), allRemovals);
            case Event.PolicyRemoved e ->
                with(allApplications, allRemovals.with(new Fact.Removal(e.stamp(), e.policyId())));
            case Event.EnvironmentChanged e -> changed(e);
        };
    }

    private boolean isPurged(Instant at) {
        return purgedAt.isPresent() && !at.isAfter(purgedAt.get());
    }

    private EnvironmentFacts with(Newest<Fact.Application> applications, Newest<Fact.Removal> removals) {
        return new EnvironmentFacts(snapshot, purgedAt, resets, runtimeEnabledAt, applications, removals, reported);
    }

    private EnvironmentFacts changed(Event.EnvironmentChanged event) {
        return switch (event.snapshot().lifecycle()) {
            case PURGED -> purged(event.occurredAt());
            case RESET -> changed(event, resets.with(new Fact.Reset(event.stamp())));
            case ACTIVE, DELETED, UNKNOWN -> changed(event, resets);
        };
    }

    private EnvironmentFacts changed(Event.EnvironmentChanged event, Newest<Fact.Reset> withResets) {
        Register<Snapshot> stated = new Register<>(event.stamp(), event.snapshot());
        boolean seenEnabled = event.runtimeEnabled() && event.snapshot().lifecycle() == Lifecycle.ACTIVE;
        return new EnvironmentFacts(
                Optional.of(Register.latest(snapshot, stated)),
                purgedAt,
                withResets,
                seenEnabled ? later(runtimeEnabledAt, event.occurredAt()) : runtimeEnabledAt,
                allApplications,
                allRemovals,
                reported);
    }

    private EnvironmentFacts purged(Instant at) {
        return new EnvironmentFacts(
                snapshot.filter(s -> s.stamp().occurredAt().isAfter(at)),
                later(purgedAt, at),
                resets.after(at),
                runtimeEnabledAt.filter(r -> r.isAfter(at)),
                allApplications.after(at),
                allRemovals.after(at),
                reported);
    }

    private EnvironmentFacts reported(Component component) {
        if (reported.contains(component)) {
            return this;
        }
        Set<Component> more = EnumSet.of(component);
        more.addAll(reported);
        return withReported(more);
    }

    /// The same facts with these components as the ones that ever reported.
    public EnvironmentFacts withReported(Set<Component> components) {
        return components.equals(reported)
                ? this
                : new EnvironmentFacts(
                        snapshot, purgedAt, resets, runtimeEnabledAt, allApplications, allRemovals, components);
    }

    /// The applications that no reset voids.
    public Newest<Fact.Application> applications() {
        return resets.isEmpty() ? allApplications : allApplications.after(resets.latest());
    }

    /// The removals that no reset voids.
    public Newest<Fact.Removal> removals() {
        return resets.isEmpty() ? allRemovals : allRemovals.after(resets.latest());
    }

    /// The last reset: it voids applications and removals up to its time (R24).
    public Optional<Instant> resetAt() {
        return resets.isEmpty() ? Optional.empty() : Optional.of(resets.latest());
    }

    /// The latest purge or reset: reports up to its time are void (R28).
    public Optional<Instant> voidUpTo() {
        return resets.isEmpty() ? purgedAt : later(purgedAt, resets.latest());
    }

    /// Whether enough is known for a verdict.
    public boolean decidable() {
        return snapshot.isPresent() || !applications().isEmpty();
    }

    /// Whether components have reported on it while too little is known for a verdict, so that no warning covers
    /// their reports (R31). A purge voids the reports before it (R28); whether there are later ones is not known.
    public boolean onlyReported() {
        return !reported.isEmpty() && purgedAt.isEmpty() && !decidable();
    }

    /// Whether these facts repeat those: they differ at most in the time and the id of the snapshot, and in when
    /// the runtime was last seen enabled.
    public boolean repeat(EnvironmentFacts those) {
        return snapshot.map(Register::value).equals(those.snapshot.map(Register::value))
                && allApplications.equals(those.allApplications)
                && allRemovals.equals(those.allRemovals)
                && purgedAt.equals(those.purgedAt)
                && resets.equals(those.resets)
                && reported.equals(those.reported);
    }

    /// The keys among the applications, usually one: facts about these keys concern this environment. Callers must
    /// not change the set.
    public Set<KeyId> keys() {
        return keys(applications());
    }

    /// The keys among the applications, including those that a reset voids: R15 depends on the facts about them.
    /// Callers must not change the set.
    public Set<KeyId> allKeys() {
        return keys(allApplications);
    }

    private static Set<KeyId> keys(Newest<Fact.Application> applications) {
        Set<KeyId> keys = Set.of();
        for (Fact.Application application : applications) {
            KeyId key = application.key().key();
            if (keys.isEmpty()) {
                keys = Set.of(key);
            } else if (!keys.contains(key)) {
                keys = new LinkedHashSet<>(keys);
                keys.add(key);
            }
        }
        return keys;
    }

    /// The latest time among these facts; [Instant#MIN] if there are none.
    public Instant latest() {
        Instant latest = Instants.max(allApplications.latest(), allRemovals.latest());
        if (snapshot.isPresent()) {
            latest = Instants.max(latest, snapshot.get().stamp().occurredAt());
        }
        return Instants.max(latest, Instants.max(purgedAt.orElse(Instant.MIN), resets.latest()));
    }

    private static Optional<Instant> later(Optional<Instant> held, Instant stated) {
        return held.isPresent() && !held.get().isBefore(stated) ? held : Optional.of(stated);
    }
}
