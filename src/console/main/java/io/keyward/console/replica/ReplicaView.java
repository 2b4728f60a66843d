package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import io.keyward.topology.store.TenantReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/// What the replica knew at one moment, unaffected by later changes. Close it soon: it holds memory
/// and disk space.
///
/// Cursors are opaque texts. A page after a cursor starts at the next entry in the fixed order of the list,
/// whatever has changed since. A page can have fewer entries than its limit, even none, although more follow,
/// because the number of rows that a page reads is bounded.
///
/// A view hides tenants that its caller may not see, as if no event had ever named them.
public final class ReplicaView implements TenantView, AutoCloseable {
    private static final int SUMMARIES_KEPT = 1_000;

    /// The maximum number of tenants whose index ranges are scanned side by side.
    private static final int MOST_WALKED = 32;

    private final ReplicaSnapshot snapshot;
    private final Caller caller;
    private final StalenessCalculator calculator;
    private final Runnable whenClosed;
    private boolean closed;

    ReplicaView(ReplicaSnapshot snapshot, Caller caller, StalenessCalculator calculator, Runnable whenClosed) {
        this.snapshot = snapshot;
        this.caller = caller;
        this.calculator = calculator;
        this.whenClosed = whenClosed;
    }

    /// The caller for whom the view was opened.
    @Override
    public Caller caller() {
        return caller;
    }

    /// The rows of one tenant in a store of the processor, and those about its whole partition. Read-only.
    ///
    /// @param store a name in [Nodes]
    @Override
    public KeyValueStore<Bytes, byte[]> store(String store, TenantId tenant) {
        return new SnapshotStore(
                snapshot,
                store,
                StoreRows.ofTenant(store, tenant),
                StoreRows.ofPartition(store, calculator.partitionOf(store, tenant)));
    }

    /// A reader of one tenant's rows in all stores.
    public TenantReader reader(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant));
    }

    /// The environments with a decision that the query selects, by tenant and environment.
    ///
    /// @throws BadCursorException if the query's cursor is not from such a page
    public Page<EnvironmentRow> environments(EnvironmentQuery query) {
        // The rows of one tenant are adjacent; without a tenant, the scan steps over those of all others.
        return new EnvironmentPages(snapshot, query.tenant().or(caller::onlyTenant), query).page();
    }

    /// Calls `found` for every environment with a decision and every key with known facts whose names contain all
    /// words of the text, tenant by tenant.
    ///
    /// @param most how many environments and keys are read
    /// @return whether all of them were read
    public boolean eachNamed(SearchText text, int most, Consumer<EnvironmentNames> found) {
        try (Scan rows = snapshot.scan(KeyWriter.in(Table.NAME).bytes())) {
            for (int left = most; left > 0 && rows.hasNext(); left--) {
                KeyReader row = new KeyReader(rows.nextKey());
                if (text.isIn(row.joined())) {
                    found.accept(EnvironmentNames.read(row));
                }
            }
            return !rows.hasNext();
        }
    }

    /// The tenants with environments that have a decision, by id.
    ///
    /// @param state a state that at least one of those environments has; empty for any
    /// @param after the cursor of the previous page
    /// @throws BadCursorException if the cursor is not from such a page
    public Page<TenantId> tenants(Optional<EncryptionState> state, Optional<String> after, int limit) {
        byte[] base = state.map(IndexRows::with)
                .orElseGet(() -> KeyWriter.in(Table.DECIDED))
                .bytes();
        return new Listing(snapshot, Cursor.TENANTS, after, limit, limit)
                .page(
                        Scan.OPEN,
                        from -> snapshot.first(base, from, Scan.OPEN).map(row -> new KeyReader(row).first(1)),
                        rowKey -> Optional.of(new TenantId(new KeyReader(rowKey).text())));
    }

    /// How many environments of the tenant have that encryption state, policy status or open warning.
    ///
    /// @param value of one of these three types
    /// @param most the count stops here
    public int count(TenantId tenant, Enum<?> value, int most) {
        return snapshot.count(IndexRows.with(value).text(tenant.value()).bytes(), most);
    }

    /// Keys that an event has named, or that are or were applied to an environment, by tenant, vault and name.
    ///
    /// @param tenant empty for every tenant
    /// @param after the cursor of the previous page
    /// @param wanted selects the keys of the page
    /// @throws BadCursorException if the cursor is not from such a page
    public Page<TenantKey> keys(
            Optional<TenantId> tenant, Optional<String> after, int limit, Predicate<TenantKey> wanted) {
        return new KeyPages(snapshot, tenant).page(after, limit, wanted);
    }

    /// Whether the data of an environment of the tenant is under the key.
    public boolean isInForce(TenantKey key) {
        return snapshot.holds(
                KeyWriter.in(Table.IN_FORCE, key.tenant()).key(key.key()).bytes());
    }

    /// How many rows link environments of any tenant to the key: applications, and parts whose latest report
    /// counts items under it. Every environment that uses the key has at least one.
    ///
    /// @param most the count stops here
    /// @param most where counting ends
    public int countUses(KeyId key, int most) {
        int applied = snapshot.count(KeyWriter.in(Table.KEY).key(key).bytes(), most);
        return applied + snapshot.count(KeyWriter.in(Table.REPORTED).key(key).bytes(), most - applied);
    }

    /// The newest key-watch record of a tenant's key.
    public Optional<ConsumerRecord<byte[], byte[]>> watch(TenantKey key) {
        return snapshot.get(WatchRows.of(key.tenant(), key.key())).map(WatchRows::read);
    }

    /// What was published about an environment, or about a tenant itself, newest first.
    ///
    /// @throws BadCursorException if the cursor is not from such a page
    public Page<TimelineEntry> timeline(
            TenantId tenant, Optional<EnvironmentId> environment, Optional<String> before, int limit) {
        byte[] prefix = TimelineRows.of(tenant, environment);
        byte[] end = before.map(cursor -> Cursor.read(Cursor.TIMELINE, cursor)).orElse(Scan.OPEN);
        List<TimelineEntry> entries = new ArrayList<>();
        try (Scan rows = snapshot.scan(prefix, Scan.OPEN, end, false)) {
            while (rows.hasNext() && entries.size() < limit) {
                KeyValue<Bytes, byte[]> row = rows.next();
                byte[] rowKey = row.key.get();
                entries.add(new TimelineEntry(
                        TimelineRows.read(new KeyReader(rowKey), row.value), Cursor.write(Cursor.TIMELINE, rowKey)));
            }
            return new Page<>(
                    entries, rows.hasNext() ? Optional.of(entries.getLast().cursor()) : Optional.empty());
        }
    }

    /// Deadlines, by kind and then by time.
    ///
    /// @throws BadCursorException if the query's cursor is not from such a page
    public Page<DeadlineGroup> deadlines(DeadlineQuery query) {
        Set<TenantId> tenants = query.tenant()
                .map(Set::of)
                .or(caller::tenants)
                .filter(few -> few.size() <= MOST_WALKED)
                .orElse(Set.of());
        return new DeadlinePages(snapshot, tenants, query).page();
    }

    /// The keys that lock environments, ordered by their first deletion.
    ///
    /// @param tenant empty for every tenant
    /// @throws BadCursorException if the cursor is not from such a page
    public LockedKeys lockedKeys(Optional<TenantId> tenant, Optional<String> after, int limit) {
        return new LockedPages(snapshot, tenant.or(caller::onlyTenant), after, limit).keys();
    }

    /// Locked environments, by tenant and key, and for one key by deletion date.
    ///
    /// @param tenant empty for every tenant
    /// @param key a key of the tenant; empty for every key
    /// @throws BadCursorException if the cursor is not from such a page
    public Page<EnvironmentRow> locked(
            Optional<TenantId> tenant, Optional<KeyId> key, Optional<String> after, int limit) {
        return new LockedPages(snapshot, tenant.or(caller::onlyTenant), after, limit).environments(key);
    }

    /// Calls `user` for every environment of any tenant that uses the key, by tenant and environment: those with
    /// a decision that have this key among their applications, and those for which a part's latest report counts
    /// items under it.
    public void eachUser(KeyId key, Consumer<KeyUser> user) {
        Map<Bytes, EnvironmentState> summaries = new HashMap<>();
        try (MergedRows rows = new MergedRows(
                snapshot.scan(KeyWriter.in(Table.KEY).key(key).bytes()),
                snapshot.scan(KeyWriter.in(Table.REPORTED).key(key).bytes()),
                Comparator.naturalOrder())) {
            byte[] last = Scan.OPEN;
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                byte[] rowKey = new KeyReader(row.key.get()).first(2);
                if (!Arrays.equals(rowKey, last)) {
                    user(key, new KeyReader(rowKey), Bytes.wrap(row.value), summaries)
                            .ifPresent(user);
                }
                last = rowKey;
            }
        }
    }

    /// The user of an index row. Its environment row may not have been read yet; then it is among the unread
    /// records, because both were written together.
    ///
    /// @param summary empty for a row of the index of reports; a row of applications would come first
    /// @param read the summaries that were read last
    private Optional<KeyUser> user(KeyId key, KeyReader rowKey, Bytes summary, Map<Bytes, EnvironmentState> read) {
        TenantId tenant = new TenantId(rowKey.text());
        EnvironmentId environment = new EnvironmentId(rowKey.text());
        if (summary.get().length == 0) {
            return row(snapshot, tenant, environment).map(row -> KeyUser.of(row, key));
        }
        if (read.size() > SUMMARIES_KEPT) {
            read.clear();
        }
        return Optional.of(new KeyUser(
                tenant,
                environment,
                true,
                read.computeIfAbsent(summary, KeyUser::read),
                () -> row(snapshot, tenant, environment).orElseThrow()));
    }

    /// Whether a part's latest report on an environment of the tenant counts items under the key.
    public boolean isReported(TenantId tenant, KeyId key) {
        return snapshot.holds(
                KeyWriter.in(Table.REPORTED).key(key).text(tenant.value()).bytes());
    }

    /// The environment, if its row was read.
    static Optional<EnvironmentRow> row(ReplicaSnapshot snapshot, TenantId tenant, EnvironmentId environment) {
        byte[] row = RowKeys.environment(tenant, environment).get();
        return snapshot.get(KeyWriter.joined(StoreRows.ofTenant(Nodes.ENVIRONMENTS, tenant), row))
                .map(state -> new EnvironmentRow(tenant, environment, StateCodec.ENVIRONMENTS.read(state)));
    }

    /// How many environments there are, by state, status and open warning.
    public EnvironmentCounts counts() {
        return (caller.isRestricted() ? Tally.count(snapshot) : Tally.kept(snapshot)).counts();
    }

    /// The staleness of the whole replica.
    @Override
    public Staleness staleness() {
        return visible(calculator.ofAll());
    }

    /// The staleness of what concerns a tenant.
    @Override
    public Staleness staleness(TenantId tenant) {
        return visible(calculator.of(tenant));
    }

    /// Removes offsets for restricted callers: they show how much happens in all tenants.
    private Staleness visible(Staleness staleness) {
        return caller.isRestricted() ? staleness.withoutPosition() : staleness;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            snapshot.close();
            whenClosed.run();
        }
    }
}
