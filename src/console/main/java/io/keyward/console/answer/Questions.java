package io.keyward.console.answer;

import io.keyward.avro.json.NearestName;
import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineGroup;
import io.keyward.console.replica.DeadlineQuery;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.LockedKeys;
import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.SearchText;
import io.keyward.console.replica.TenantKey;
import io.keyward.console.replica.TimelineEntry;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfAnswer;
import io.keyward.console.whatif.Window;
import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.Explanation;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.advice.Remedies;
import io.keyward.domain.advice.Remedy;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import io.keyward.topology.store.TenantReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The queries that the console answers from a view of the replica. Thread-safe if each thread uses a view
/// of its own.
///
/// An answer is empty if no event has named its subject.
///
/// @param readers creates a reader of published records per request
/// @param clock from when on deadlines are listed, and when events of a what-if would be received; no
///     rule reads it
public record Questions(Decider decider, WhatIf whatIf, Supplier<OutputReader> readers, InstantSource clock) {
    /// Later than any deadline.
    public static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final int NEXT_DEADLINES = 10;

    /// How many of a key's locked environments are named beside it.
    private static final int LOCKED_NAMED = 2;

    /// How many tenants are searched for an id similar to an unknown one.
    private static final int MOST_TENANTS = 10_000;

    /// The current time, from which on deadlines are listed.
    public Instant now() {
        return clock.instant();
    }

    /// A summary of all environments.
    public Overview overview(ReplicaView view) {
        Instant now = now();
        List<DeadlineGroup> due = Arrays.stream(Deadline.Kind.values())
                .map(kind -> new DeadlineQuery(
                        Optional.empty(), Optional.of(kind), now, END_OF_TIME, Optional.empty(), NEXT_DEADLINES))
                .flatMap(query -> view.deadlines(query).entries().stream())
                .sorted(Comparator.comparing(group -> group.due().at()))
                .limit(NEXT_DEADLINES)
                .toList();
        return Overview.of(
                view.counts(), decider.profile().evidence(), Deadlines.entries(due, decider, view), view.staleness());
    }

    /// A page of environments.
    ///
    /// @throws io.keyward.console.replica.BadCursorException if the query's cursor is not from such a page
    public EnvironmentList environments(ReplicaView view, EnvironmentQuery query) {
        return EnvironmentList.of(view.environments(query), view, decider, query.tenant());
    }

    /// What a text may refer to.
    ///
    /// @param text not blank
    /// @param kinds the kinds to search for
    /// @param most how many hits of each kind are returned
    public SearchAnswer search(ReplicaView view, String text, Set<SearchAnswer.Kind> kinds, int most) {
        return new Finder(SearchText.of(text), kinds, most).find(view);
    }

    /// What is known of an environment, and why it was decided so.
    public Optional<EnvironmentAnswer> environment(ReplicaView view, TenantId tenant, EnvironmentId environment) {
        TenantReader reader = view.reader(tenant);
        return reader.environment(environment)
                .map(state -> environment(view, reader, new EnvironmentRow(tenant, environment, state)));
    }

    private EnvironmentAnswer environment(ReplicaView view, TenantReader reader, EnvironmentRow row) {
        KnownEnvironment known = row.known(reader);
        Optional<Assessment> assessment = known.assessment(decider);
        List<Explanation> reasons = assessment.map(Assessment::explanation).orElse(List.of());
        List<Stamp> causes =
                reasons.stream().flatMap(reason -> reason.causes().stream()).toList();
        PublishedRecords records = PublishedRecords.read(view, row, readers.get(), causes);
        EnvironmentComposer composer = new EnvironmentComposer(known, assessment, records);
        return new EnvironmentAnswer(
                row.tenant().value(),
                row.environment().value(),
                composer.snapshot(),
                composer.slot(),
                composer.decision(),
                composer.warnings(),
                composer.signals(),
                composer.enforcement(decider.profile().evidence()),
                Deadlines.ofEnvironment(row, known, decider),
                composer.why(reasons),
                remedy(known, reader),
                view.staleness(row.tenant()).with(composer.missing()));
    }

    private Optional<Remedy> remedy(KnownEnvironment known, TenantReader reader) {
        List<EnvironmentId> queue = reader.queue(TenantComposer.MAX_QUEUE);
        int position = queue.indexOf(known.environment());
        return new Remedies(decider)
                .of(known, reader.state(), position < 0 ? queue.size() : position)
                .filter(remedy -> !remedy.steps().isEmpty() || !remedy.remarks().isEmpty());
    }

    /// What was published about an environment, newest first.
    ///
    /// @param before the cursor of the previous page
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public Optional<TimelineAnswer> timeline(
            ReplicaView view, TenantId tenant, EnvironmentId environment, Optional<String> before, int limit) {
        Page<TimelineEntry> page = view.timeline(tenant, Optional.of(environment), before, limit);
        TenantReader reader = view.reader(tenant);
        if (page.entries().isEmpty() && reader.environment(environment).isEmpty()) {
            return Optional.empty();
        }
        OutputReader outputs = readers.get();
        return Optional.of(new TimelineAnswer(
                tenant.value(),
                environment.value(),
                page.entries().stream()
                        .flatMap(entry -> TimelineAnswer.Entry.of(entry.output(), outputs).stream())
                        .toList(),
                page.next(),
                view.staleness(tenant)));
    }

    /// Why the tenant is unknown, with a similar known id if there is one; empty if an event has named it.
    public Optional<String> whyUnknown(ReplicaView view, TenantId tenant) {
        if (view.reader(tenant).isKnown()) {
            return Optional.empty();
        }
        List<String> known = view.tenants(Optional.empty(), Optional.empty(), MOST_TENANTS).entries().stream()
                .map(TenantId::value)
                .toList();
        String meant = NearestName.to(tenant.value(), known)
                .map(" Did you mean '%s'?"::formatted)
                .orElse("");
        return Optional.of("No event has named a tenant '%s'.%s Ids are case-sensitive.".formatted(tenant, meant));
    }

    /// What is known of a tenant.
    public Optional<TenantAnswer> tenant(ReplicaView view, TenantId tenant) {
        TenantReader reader = view.reader(tenant);
        return reader.isKnown()
                ? Optional.of(new TenantComposer(view, tenant, reader, readers.get()).compose())
                : Optional.empty();
    }

    /// A page of tenants.
    ///
    /// @param state a state that at least one of the tenant's environments has; empty for any
    /// @param after the cursor of the previous page
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public TenantList tenants(ReplicaView view, Optional<EncryptionState> state, Optional<String> after, int limit) {
        Page<TenantId> page = view.tenants(state, after, limit);
        return new TenantList(
                page.entries().stream()
                        .map(tenant -> TenantList.Entry.of(view, tenant))
                        .toList(),
                page.next(),
                view.staleness());
    }

    /// A page of keys.
    ///
    /// @throws io.keyward.console.replica.BadCursorException if the query's cursor is not from such a page
    public KeyList keys(ReplicaView view, KeyQuery query) {
        return new KeyListComposer(decider, view, now()).compose(query);
    }

    /// What is known of a key of a tenant, and who uses it.
    ///
    /// @param after the cursor of the previous page of users
    public Optional<KeyAnswer> key(
            ReplicaView view, TenantId tenant, KeyId key, Optional<EnvironmentId> after, int limit) {
        TenantReader reader = view.reader(tenant);
        if (!knows(view, reader, tenant, key)) {
            return Optional.empty();
        }
        KeyUsers users = new KeyUsers(tenant, key, after, limit);
        OutputReader outputs = readers.get(); // one for all users: a reader compiles every schema it encounters
        KeyProof proof = new KeyProof(
                key,
                user -> reader.reports(user.environment(), user.summary().facts()),
                row -> PublishedRecords.read(view, row, outputs, List.of()).proofs());
        view.eachUser(key, user -> {
            users.add(user);
            if (user.tenant().equals(tenant)) {
                proof.add(user);
            }
        });
        KeyFacts facts = reader.keyFacts(key);
        users.watched(watching(view.watch(new TenantKey(tenant, key)), outputs, facts));
        return Optional.of(users.compose(facts, proof, decider.profile().evidence(), view.staleness()));
    }

    private Optional<KeyWatching> watching(
            Optional<ConsumerRecord<byte[], byte[]>> record, OutputReader outputs, KeyFacts facts) {
        return record.flatMap(outputs::readable)
                .flatMap(read -> read instanceof OutputRecord.Published published
                        ? KeyWatching.of(published, facts, now())
                        : Optional.empty());
    }

    /// Whether a key of a tenant, or one version of it, may be disabled as of a time (R27). If the facts are
    /// later than that time, their time is used.
    ///
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such an answer
    public Optional<DisableAnswer> disable(ReplicaView view, TenantId tenant, DisableQuestion question) {
        TenantReader reader = view.reader(tenant);
        return knows(view, reader, tenant, question.key().key())
                ? Optional.of(new DisableComposer(decider, view, question).compose(tenant))
                : Optional.empty();
    }

    private static boolean knows(ReplicaView view, TenantReader reader, TenantId tenant, KeyId key) {
        return reader.knows(key) || view.isReported(tenant, key);
    }

    /// What would be published if the events of these lines were received now.
    ///
    /// @param window the environments that are returned in full
    /// @throws io.keyward.console.whatif.TooManyLinesException if there are more lines than the limit
    public WhatIfAnswer whatIf(ReplicaView view, List<String> lines, Window window) {
        return whatIf.ask(view, lines, now(), window);
    }

    /// Deadlines: deletions, expiries of keys, components that become late, other changes by time alone, and ends
    /// of retention; each kind by time. Of the dates on which components of one environment become late or
    /// something else changes by time alone, only the next one is listed.
    ///
    /// @throws io.keyward.console.replica.BadCursorException if the query's cursor is not from such a page
    public DeadlineList deadlines(ReplicaView view, DeadlineQuery query) {
        Page<DeadlineGroup> page = view.deadlines(query);
        return new DeadlineList(
                Deadlines.entries(page.entries(), decider, view),
                page.next(),
                query.tenant().map(view::staleness).orElseGet(view::staleness));
    }

    /// The keys that lock environments, ordered by their first deletion.
    ///
    /// @param tenant empty for every tenant
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public LockedKeyList lockedKeys(ReplicaView view, Optional<TenantId> tenant, Optional<String> after, int limit) {
        LockedKeys found = view.lockedKeys(tenant, after, limit);
        return new LockedKeyList(
                found.page().entries().stream().map(key -> named(view, key)).toList(),
                found.keys(),
                found.environments(),
                found.page().next(),
                tenant.map(view::staleness).orElseGet(view::staleness));
    }

    private LockedKeyList.Entry named(ReplicaView view, LockedKey key) {
        Page<EnvironmentRow> first =
                view.locked(Optional.of(key.tenantId()), Optional.of(key.key()), Optional.empty(), LOCKED_NAMED);
        return new LockedKeyList.Entry(
                key, EnvironmentList.of(first, view, decider, Optional.empty()).environments());
    }

    /// Locked environments, by tenant and key, and for one key by deletion date.
    ///
    /// @param tenant empty for every tenant
    /// @param key a key of the tenant; empty for every key
    /// @throws io.keyward.console.replica.BadCursorException if the cursor is not from such a page
    public EnvironmentList locked(
            ReplicaView view, Optional<TenantId> tenant, Optional<KeyId> key, Optional<String> after, int limit) {
        return EnvironmentList.of(view.locked(tenant, key, after, limit), view, decider, tenant);
    }
}
