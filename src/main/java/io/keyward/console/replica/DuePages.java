package io.keyward.console.replica;

import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pages of what falls due.
record DuePages(Frozen frozen, Optional<TenantId> tenant, int limit) {
    Page<DueDate> page(Instant from, Instant before, Optional<String> after) {
        byte[] prefix = start().bytes();
        byte[] start = after.map(cursor -> Cursor.read(Cursor.DUE_DATES, cursor))
                .map(place -> KeyWriter.next(KeyWriter.joined(prefix, place)))
                .map(next -> KeyWriter.later(next, start().time(from).bytes()))
                .orElseGet(() -> start().time(from).bytes());
        List<DueDate> found = new ArrayList<>();
        byte[] last = start;
        try (Scan rows = frozen.scan(start, start().time(before).bytes())) {
            for (int seen = 0;
                    rows.isValid() && found.size() < limit && seen < EnvironmentPages.ROWS_PER_PAGE;
                    seen++) {
                last = rows.key();
                DueDate date = DueRows.read(last);
                if (matters(date)) {
                    found.add(date);
                }
                rows.next();
            }
            return new Page<>(
                    found,
                    rows.isValid()
                            ? Optional.of(Cursor.write(Cursor.DUE_DATES, last, prefix.length))
                            : Optional.empty());
        }
    }

    private KeyWriter start() {
        return tenant.map(DueRows::ofTenant).orElseGet(() -> KeyWriter.in(Table.DUE));
    }

    private boolean matters(DueDate date) {
        return switch (date.kind()) {
            case KEY_EXPIRY ->
                date.key().filter(key -> isInForce(date.tenant(), key)).isPresent();
            case DECISION ->
                date.key()
                        .filter(key -> frozen.holds(DueRows.expiriesAt(date.tenant(), date.at(), key.key())))
                        .isEmpty();
            case DELETION, RETENTION_END, ENFORCEMENT_LATE -> true;
        };
    }

    /// Whether the version is in force in an environment of the tenant, or may be because none is known there (R23).
    private boolean isInForce(TenantId owner, KeyReference version) {
        return frozen.holds(EnvironmentIndex.inForce(owner, version).bytes())
                || frozen.holds(
                        EnvironmentIndex.inForce(owner, version.wholeKey()).bytes());
    }
}
