package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The view of one snapshot of the database.
final class SnapshotView implements ReplicaView {
    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ofEnvironments();

    private final Frozen frozen;
    private final Completeness completeness;
    private final Runnable whenClosed;
    private boolean closed;

    SnapshotView(Frozen frozen, Completeness completeness, Runnable whenClosed) {
        this.frozen = frozen;
        this.completeness = completeness;
        this.whenClosed = whenClosed;
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
        return new EnvironmentPages(frozen, query).page();
    }

    @Override
    public Page<TimelineEntry> timeline(
            TenantId tenant, EnvironmentId environment, Optional<String> before, int limit) {
        return timeline(TimelineRows.of(tenant, Optional.of(environment)), before, limit);
    }

    @Override
    public Page<TimelineEntry> timeline(TenantId tenant, Optional<String> before, int limit) {
        return timeline(TimelineRows.of(tenant, Optional.empty()), before, limit);
    }

    private Page<TimelineEntry> timeline(byte[] prefix, Optional<String> before, int limit) {
        byte[] end = before.map(cursor -> Cursor.read(Cursor.TIMELINE, cursor))
                .map(place -> KeyWriter.joined(prefix, place))
                .orElseGet(() -> KeyWriter.after(prefix));
        List<TimelineEntry> entries = new ArrayList<>();
        try (Scan rows = frozen.reverse(prefix, end)) {
            for (; rows.isValid() && entries.size() < limit; rows.next()) {
                entries.add(new TimelineEntry(
                        TimelineRows.read(rows.value()), Cursor.write(Cursor.TIMELINE, rows.key(), prefix.length)));
            }
            return new Page<>(
                    entries, rows.isValid() ? Optional.of(entries.getLast().cursor()) : Optional.empty());
        }
    }

    @Override
    public List<TimelineEntry> tenantWarnings(TenantId tenant) {
        List<TimelineEntry> entries = new ArrayList<>();
        try (Scan rows =
                frozen.scan(TimelineChanges.tenantWarning(tenant.value()).bytes())) {
            for (; rows.isValid(); rows.next()) {
                var output = TimelineRows.read(rows.value());
                byte[] place = TimelineRows.key(new OutputKey(tenant.value(), ""), output)
                        .get();
                entries.add(new TimelineEntry(
                        output,
                        Cursor.write(Cursor.TIMELINE, place, TimelineRows.of(tenant, Optional.empty()).length)));
            }
        }
        return entries;
    }

    @Override
    public Page<DueDate> dueDates(
            Optional<TenantId> tenant, Instant from, Instant before, Optional<String> after, int limit) {
        return new DuePages(frozen, tenant, limit).page(from, before, after);
    }

    @Override
    public void eachUser(KeyId key, Consumer<EnvironmentRow> user) {
        try (UserScan users = new UserScan(frozen, key)) {
            users.forEach(user);
        }
    }

    @Override
    public boolean isReported(TenantId tenant, KeyId key) {
        try (Scan rows = frozen.scan(ReportIndex.users(key).text(tenant.value()).bytes())) {
            return rows.isValid();
        }
    }

    /// An environment that an index of environments names.
    static EnvironmentRow row(Frozen frozen, TenantId tenant, EnvironmentId environment) {
        return knownRow(frozen, tenant, environment).orElseThrow();
    }

    /// An environment, if its row was read.
    static Optional<EnvironmentRow> knownRow(Frozen frozen, TenantId tenant, EnvironmentId environment) {
        return frozen.get(StoreRows.environment(tenant, environment))
                .map(state -> new EnvironmentRow(tenant, environment, ENVIRONMENTS.read(state)));
    }

    @Override
    public Counts counts() {
        return frozen.get(Meta.TALLY_KEY)
                .map(Tally::read)
                .orElseGet(Tally::empty)
                .counts();
    }

    @Override
    public Freshness freshness() {
        return completeness.ofAll();
    }

    @Override
    public Freshness freshness(TenantId tenant) {
        return completeness.of(tenant);
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
