package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.TimelineEntry;
import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.OutputReader;
import io.keyward.topology.store.TenantReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The questions that the console answers from a view of the replica. Safe for many threads, each with a view of its
/// own.
///
/// An answer is empty if no event has named what the question is about.
public final class Questions {
    /// Later than anything that falls due.
    public static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final int NEXT_DUE_DATES = 10;

    private final Decider decider;
    private final Supplier<OutputReader> readers;
    private final InstantSource clock;

    /// @param readers makes a reader of published records for one question
    /// @param clock tells what falls due from now on; no rule reads it
    public Questions(Decider decider, Supplier<OutputReader> readers, InstantSource clock) {
        this.decider = decider;
        this.readers = readers;
        this.clock = clock;
    }

    /// How all environments are, in short.
    public Overview overview(ReplicaView view) {
        Page<DueDate> due =
                view.dueDates(Optional.empty(), clock.instant(), END_OF_TIME, Optional.empty(), NEXT_DUE_DATES);
        return OverviewComposer.compose(
                view.counts(), due.entries().stream().map(DueDates::entry).toList(), Extent.from(view.freshness()));
    }

    /// A page of environments.
    ///
    /// @throws io.keyward.console.replica.BadCursorException if the query's cursor is not from such a page
    public EnvironmentList environments(ReplicaView view, EnvironmentQuery query) {
        Page<EnvironmentRow> page = view.environments(query);
        return new EnvironmentList(
                page.entries().stream().map(InForce::entry).toList(),
                page.next(),
                Extent.from(query.tenant().map(view::freshness).orElseGet(view::freshness)));
    }

    /// What is known of an environment, and why it was decided so.
    public Optional<EnvironmentAnswer> environment(ReplicaView view, TenantId tenant, EnvironmentId environment) {
        TenantReader reader = new TenantReader(tenant, store -> view.store(store, tenant));
        return reader.environment(environment)
                .map(state -> environment(view, reader, new EnvironmentRow(tenant, environment, state)));
    }

    private EnvironmentAnswer environment(ReplicaView view, TenantReader reader, EnvironmentRow row) {
        EnvironmentState state = row.state();
        Map<KeyId, KeyFacts> keys = reader.keyFacts(state.facts());
        Optional<Assessment> assessment =
                decider.assess(state.facts(), keys, reader.state().timeReached().orElse(Instant.MIN), state.slot());
        PublishedRecords records = PublishedRecords.read(
                new PublishedRecords.TimelineOf(view, row.tenant(), row.environment()),
                readers.get(),
                state.published(),
                List.of());
        EnvironmentComposer composer =
                new EnvironmentComposer(row.tenant(), row.environment(), state, assessment, records);
        return new EnvironmentAnswer(
                row.tenant().value(),
                row.environment().value(),
                composer.snapshot(),
                composer.slot(),
                composer.decision(),
                composer.warnings(),
                composer.signals(),
                DueDates.ofEnvironment(row, keys),
                composer.why(),
                Optional.empty(),
                Extent.from(view.freshness(row.tenant())).with(composer.missing()));
    }

    /// What was published about an environment, newest first.
    ///
    /// @param before the cursor of the previous page
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public Optional<TimelineAnswer> timeline(
            ReplicaView view, TenantId tenant, EnvironmentId environment, Optional<String> before, int limit) {
        Page<TimelineEntry> page = view.timeline(tenant, environment, before, limit);
        TenantReader reader = new TenantReader(tenant, store -> view.store(store, tenant));
        if (page.entries().isEmpty() && reader.environment(environment).isEmpty()) {
            return Optional.empty();
        }
        OutputReader outputs = readers.get();
        return Optional.of(new TimelineAnswer(
                tenant.value(),
                environment.value(),
                page.entries().stream()
                        .map(entry -> TimelineEntries.entry(entry.output(), outputs))
                        .toList(),
                page.next(),
                Extent.from(view.freshness(tenant))));
    }

    /// What is known of a tenant.
    public Optional<TenantAnswer> tenant(ReplicaView view, TenantId tenant) {
        TenantReader reader = new TenantReader(tenant, store -> view.store(store, tenant));
        return reader.isKnown() ? Optional.of(new TenantComposer(view, tenant, reader).compose()) : Optional.empty();
    }

    /// What is known of a key of a tenant, and who uses it.
    ///
    /// @param after the cursor of the previous page of users
    public Optional<KeyAnswer> key(
            ReplicaView view, TenantId tenant, KeyId key, Optional<EnvironmentId> after, int limit) {
        TenantReader reader = new TenantReader(tenant, store -> view.store(store, tenant));
        KeyFacts facts = reader.keyFacts(key);
        if (facts.equals(KeyFacts.NONE) && reader.countUsers(key, 1) == 0) {
            return Optional.empty();
        }
        KeyUsers users = new KeyUsers(tenant, key, after, limit);
        view.eachUser(key, users::add);
        KeyHistory history = new KeyHistory(facts);
        return Optional.of(new KeyAnswer(
                tenant.value(),
                key.vaultUri(),
                key.keyName(),
                history.versions(users::keptUntil),
                history.revocations(),
                history.restorations(),
                users.page().entries(),
                users.page().next(),
                users.totals(),
                users.otherTenants(),
                Extent.from(view.freshness())));
    }

    /// What falls due from `from` (inclusive) to `before` (exclusive), in the order of time.
    ///
    /// @param tenant empty for every tenant
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public DeadlineList deadlines(
            ReplicaView view,
            Optional<TenantId> tenant,
            Instant from,
            Instant before,
            Optional<String> after,
            int limit) {
        Page<DueDate> page = view.dueDates(tenant, from, before, after, limit);
        return new DeadlineList(
                page.entries().stream().map(DueDates::entry).toList(),
                page.next(),
                Extent.from(tenant.map(view::freshness).orElseGet(view::freshness)));
    }
}
