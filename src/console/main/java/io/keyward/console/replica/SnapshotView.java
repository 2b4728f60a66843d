package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
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
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/// The view of one snapshot of the database.
final class SnapshotView implements ReplicaView {
    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ofEnvironments();
    private static final int SUMMARIES_KEPT = 1_000;

    /// The most tenants whose parts of an index are walked side by side.
    private static final int MOST_WALKED = 32;

    private final Frozen frozen;
    private final Caller caller;
    private final Completeness completeness;
    private final Runnable whenClosed;
    private boolean closed;

    SnapshotView(Frozen frozen, Caller caller, Completeness completeness, Runnable whenClosed) {
        this.frozen = frozen;
        this.caller = caller;
        this.completeness = completeness;
        this.whenClosed = whenClosed;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> store(String store, TenantId tenant) {
        return new SnapshotStore(
                frozen,
                store,
                StoreRows.ofTenant(store, tenant),
                StoreRows.ofPartition(store, completeness.home(store, tenant)));
    }

    @Override
    public Page<EnvironmentRow> environments(EnvironmentQuery query) {
        // The rows of one tenant are found at once, those of all must be passed over.
        return new EnvironmentPages(frozen, query.ofTenant(query.tenant().or(caller::onlyTenant))).page();
    }

    @Override
    public boolean eachNamed(SearchText text, int most, Consumer<EnvironmentNames> found) {
        try (Scan rows = frozen.scan(KeyWriter.in(Table.NAME).bytes())) {
            for (int left = most; left > 0 && rows.hasNext(); left--) {
                KeyReader row = new KeyReader(rows.next().key.get());
                if (text.isIn(row.joined())) {
                    found.accept(EnvironmentNames.read(row));
                }
            }
            return !rows.hasNext();
        }
    }

    @Override
    public Page<TenantId> tenants(Optional<EncryptionState> state, Optional<String> after, int limit) {
        byte[] base = state.map(wanted -> EnvironmentIndex.with(Table.STATE, wanted))
                .orElseGet(() -> KeyWriter.in(Table.DECIDED))
                .bytes();
        byte[] place = after.map(cursor -> Cursor.after(Cursor.TENANTS, cursor)).orElse(Scan.OPEN);
        List<TenantId> tenants = new ArrayList<>();
        while (true) {
            try (Scan rows = frozen.scan(base, place, Scan.OPEN, true)) {
                if (!rows.hasNext() || tenants.size() == limit) {
                    Optional<TenantId> last = rows.hasNext() ? Optional.of(tenants.getLast()) : Optional.empty();
                    return new Page<>(tenants, last.map(tenant -> Cursor.write(Cursor.TENANTS, place(tenant))));
                }
                tenants.add(new TenantId(new KeyReader(rows.next().key.get()).text()));
            }
            place = KeyWriter.after(place(tenants.getLast()));
        }
    }

    private static byte[] place(TenantId tenant) {
        return new KeyWriter().text(tenant.value()).bytes();
    }

    @Override
    public int count(TenantId tenant, Enum<?> value, int most) {
        Table table = switch (value) {
            case EncryptionState _ -> Table.STATE;
            case PolicyStatus _ -> Table.STATUS;
            case WarningCode _ -> Table.WARNING;
            default -> throw new IllegalArgumentException("not counted: " + value);
        };
        return frozen.count(
                EnvironmentIndex.with(table, value).text(tenant.value()).bytes(), most);
    }

    @Override
    public Page<TenantKey> keys(
            Optional<TenantId> tenant, Optional<String> after, int limit, Predicate<TenantKey> wanted) {
        return new KeyPages(frozen, tenant).page(after, limit, wanted);
    }

    @Override
    public boolean isInForce(TenantKey key) {
        return frozen.holds(KeyWriter.in(Table.IN_FORCE)
                .text(key.tenant().value())
                .key(key.key())
                .bytes());
    }

    @Override
    public int countUses(KeyId key, int most) {
        int applied = frozen.count(EnvironmentIndex.users(key).bytes(), most);
        return applied + frozen.count(ReportIndex.users(key).bytes(), most - applied);
    }

    @Override
    public Page<TimelineEntry> timeline(
            TenantId tenant, Optional<EnvironmentId> environment, Optional<String> before, int limit) {
        byte[] prefix = TimelineRows.of(tenant, environment);
        byte[] end = before.map(cursor -> Cursor.read(Cursor.TIMELINE, cursor)).orElse(Scan.OPEN);
        List<TimelineEntry> entries = new ArrayList<>();
        try (Scan rows = frozen.scan(prefix, Scan.OPEN, end, false)) {
            while (rows.hasNext() && entries.size() < limit) {
                KeyValue<Bytes, byte[]> row = rows.next();
                entries.add(
                        new TimelineEntry(TimelineRows.read(row.value), Cursor.write(Cursor.TIMELINE, row.key.get())));
            }
            return new Page<>(
                    entries, rows.hasNext() ? Optional.of(entries.getLast().cursor()) : Optional.empty());
        }
    }

    @Override
    public Page<DueGroup> dueDates(DueQuery query) {
        Set<TenantId> tenants = query.tenant()
                .map(Set::of)
                .or(caller::tenants)
                .filter(few -> few.size() <= MOST_WALKED)
                .orElse(Set.of());
        return new DuePages(frozen, tenants, query).page();
    }

    @Override
    public LockedKeys lockedKeys(Optional<TenantId> tenant, Optional<String> after, int limit) {
        return new LockedPages(frozen, tenant.or(caller::onlyTenant), after, limit).keys();
    }

    @Override
    public Page<EnvironmentRow> locked(
            Optional<TenantId> tenant, Optional<KeyId> key, Optional<String> after, int limit) {
        return new LockedPages(frozen, tenant.or(caller::onlyTenant), after, limit).environments(key);
    }

    @Override
    public void eachUser(KeyId key, Consumer<KeyUser> user) {
        Map<Bytes, EnvironmentState> summaries = new HashMap<>();
        try (MergedRows rows = new MergedRows(
                frozen.scan(EnvironmentIndex.users(key).bytes()),
                frozen.scan(ReportIndex.users(key).bytes()),
                Comparator.naturalOrder())) {
            byte[] last = Scan.OPEN;
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                byte[] place = new KeyReader(row.key.get()).first(2);
                if (!Arrays.equals(place, last)) {
                    user(key, new KeyReader(place), Bytes.wrap(row.value), summaries)
                            .ifPresent(user);
                }
                last = place;
            }
        }
    }

    /// A row that was not read yet is among the records that are still to be read: it was written with these.
    ///
    /// @param summary empty for a row of the index of reports: if there is one of applications, that comes first
    /// @param read the summaries that were read last
    private Optional<KeyUser> user(KeyId key, KeyReader place, Bytes summary, Map<Bytes, EnvironmentState> read) {
        TenantId tenant = new TenantId(place.text());
        EnvironmentId environment = new EnvironmentId(place.text());
        if (summary.get().length == 0) {
            return row(frozen, tenant, environment).map(row -> KeyUser.of(row, key));
        }
        if (read.size() > SUMMARIES_KEPT) {
            read.clear();
        }
        return Optional.of(new KeyUser(
                tenant,
                environment,
                true,
                read.computeIfAbsent(summary, KeyUser::read),
                () -> row(frozen, tenant, environment).orElseThrow()));
    }

    @Override
    public boolean isReported(TenantId tenant, KeyId key) {
        return frozen.holds(ReportIndex.users(key).text(tenant.value()).bytes());
    }

    /// An environment, if its row was read.
    static Optional<EnvironmentRow> row(Frozen frozen, TenantId tenant, EnvironmentId environment) {
        return frozen.get(StoreRows.environment(tenant, environment))
                .map(state -> new EnvironmentRow(tenant, environment, ENVIRONMENTS.read(state)));
    }

    @Override
    public EnvironmentCounts counts() {
        Tally tally = caller.isRestricted()
                ? Tally.count(frozen)
                : frozen.get(Meta.TALLY_KEY).map(Tally::read).orElseGet(Tally::empty);
        return tally.counts();
    }

    @Override
    public Extent freshness() {
        return visible(completeness.ofAll());
    }

    @Override
    public Extent freshness(TenantId tenant) {
        return visible(completeness.of(tenant));
    }

    /// Offsets tell how much happens, whoever it concerns.
    private Extent visible(Extent extent) {
        return caller.isRestricted() ? extent.withoutPosition() : extent;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frozen.close();
            whenClosed.run();
        }
    }
}
