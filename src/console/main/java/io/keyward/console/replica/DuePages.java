package io.keyward.console.replica;

import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Pages of what falls due.
record DuePages(Frozen frozen, Optional<TenantId> tenant, int limit) {
    Page<DueDate> page(Instant from, Instant before, Optional<String> after) {
        KeyWriter base = tenant.map(DueRows::ofTenant).orElseGet(() -> KeyWriter.in(Table.DUE));
        byte[] first = new KeyWriter().time(from).bytes();
        byte[] end = new KeyWriter().time(before).bytes();
        return new Listing(frozen, Cursor.DUE_DATES, base.bytes(), first, end)
                .page(
                        after,
                        limit,
                        Listing.ROWS_PER_PAGE,
                        row -> Optional.of(DueRows.read(row, tenant)).filter(this::matters));
    }

    private boolean matters(DueDate date) {
        return switch (date.kind()) {
            case KEY_EXPIRY ->
                date.key().filter(key -> isInForce(date.tenantId(), key)).isPresent();
            case DECISION ->
                date.key()
                        .filter(key -> frozen.holds(DueRows.expiriesAt(date.tenantId(), date.at(), key.key())))
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
