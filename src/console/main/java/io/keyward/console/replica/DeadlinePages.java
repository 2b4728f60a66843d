package io.keyward.console.replica;

import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Pages of deadlines, by kind and then by time. A page reads all rows of the groups that it shows.
///
/// @param tenants the only tenants to list; empty for all, which reads the index over all tenants
record DeadlinePages(ReplicaSnapshot snapshot, Set<TenantId> tenants, DeadlineQuery query) {
    Page<DeadlineGroup> page() {
        byte[] start = Cursor.after(Cursor.DEADLINES, query.after());
        List<DeadlineGroup> found = new ArrayList<>();
        byte[] last = start;
        int seen = 0;
        for (Deadline.Kind kind : query.kind().map(List::of).orElse(List.of(Deadline.Kind.values()))) {
            byte[] from = KeyWriter.later(start, DeadlineRows.startOf(kind, DeadlineRows.slot(kind, query.from())));
            try (KeyValueIterator<Bytes, byte[]> rows = rows(from, DeadlineRows.startOf(kind, query.before()))) {
                while (rows.hasNext()) {
                    if (found.size() == query.limit() || seen++ == Listing.ROWS_PER_PAGE) {
                        return new Page<>(found, Optional.of(Cursor.write(Cursor.DEADLINES, last)));
                    }
                    last = addGroup(kind, rows, found);
                }
            }
        }
        return new Page<>(found, Optional.empty());
    }

    /// The rows of all tenants in one order, which does not depend on the tenant.
    private KeyValueIterator<Bytes, byte[]> rows(byte[] from, byte[] to) {
        return tenants.stream()
                .<KeyValueIterator<Bytes, byte[]>>map(tenant ->
                        snapshot.scan(KeyWriter.in(Table.TENANT_DUE, tenant).bytes(), from, to, true))
                .reduce((one, other) -> new MergedRows(one, other, Comparator.naturalOrder()))
                .orElseGet(() -> snapshot.scan(KeyWriter.in(Table.DUE).bytes(), from, to, true));
    }

    /// Adds the next group, and returns the key of its last row.
    private byte[] addGroup(Deadline.Kind kind, KeyValueIterator<Bytes, byte[]> rows, List<DeadlineGroup> found) {
        byte[] row = rows.peekNextKey().get();
        int time = DeadlineRows.timeAt(row);
        List<Deadline> first = new ArrayList<>();
        byte[] last = row;
        long size = 0;
        byte[] end = row;
        int alike = kind == Deadline.Kind.RETENTION_END ? time : row.length;
        while (rows.hasNext() && Scan.begins(rows.peekNextKey().get(), 0, row, alike)) {
            end = rows.next().key.get();
            Instant at = new KeyReader(end, time).time();
            if (!at.isBefore(query.from()) && at.isBefore(query.before())) {
                last = end;
                if (size++ < DeadlineGroup.NAMED) {
                    first.add(DeadlineRows.read(end));
                }
            }
        }
        if (size > 0 && (size > 1 || matters(first.getFirst()))) {
            found.add(DeadlineGroup.of(first, DeadlineRows.read(last), size));
        }
        return end;
    }

    private boolean matters(Deadline date) {
        return switch (date.kind()) {
            case KEY_EXPIRY ->
                date.key().filter(key -> isInForce(date.tenantId(), key)).isPresent();
            case DECISION ->
                date.key()
                        .filter(key -> snapshot.holds(DeadlineRows.expiriesAt(date.tenantId(), date.at(), key.key())))
                        .isEmpty();
            case DELETION, RETENTION_END, ENFORCEMENT_LATE -> true;
        };
    }

    /// Whether the version is in force in an environment of the tenant, or may be because no version is
    /// known there (R23).
    private boolean isInForce(TenantId owner, KeyReference version) {
        return Stream.of(version, version.wholeKey())
                .anyMatch(key -> snapshot.holds(
                        KeyWriter.in(Table.IN_FORCE, owner).key(key).bytes()));
    }
}
