package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The two index rows of a deadline: one over all tenants, one within its tenant; both by kind, then by time.
final class DeadlineRows {
    /// The code of a kind is its index in this list.
    private static final List<Deadline.Kind> KINDS = List.of(Deadline.Kind.values());

    /// Tenant, vault, name and version of the key.
    private static final int TEXTS = 4;

    private DeadlineRows() {}

    /// Rows of one group are adjacent: they differ in the last two parts only.
    static KeyWriter row(KeyWriter table, Deadline date) {
        table.raw(startOf(date.kind(), slot(date.kind(), date.at())))
                .text(date.tenantId().value());
        date.key().ifPresentOrElse(table::key, () -> table.text("").text("").text(""));
        return table.time(date.at())
                .text(date.environmentId().map(EnvironmentId::value).orElse(""));
    }

    /// The time that orders the rows of a kind: the exact time, or the day for ends of retention.
    static Instant slot(Deadline.Kind kind, Instant at) {
        return kind == Deadline.Kind.RETENTION_END ? at.truncatedTo(ChronoUnit.DAYS) : at;
    }

    /// The start of the rows of a kind at a slot and later.
    static byte[] startOf(Deadline.Kind kind, Instant slot) {
        return new KeyWriter().code(KINDS.indexOf(kind)).time(slot).bytes();
    }

    /// The start of the rows for expiries of a key at that time.
    static byte[] expiriesAt(TenantId tenant, Instant at, KeyId key) {
        return KeyWriter.in(Table.TENANT_DUE, tenant)
                .raw(startOf(Deadline.Kind.KEY_EXPIRY, at))
                .text(tenant.value())
                .key(key)
                .bytes();
    }

    /// The index of the exact time in a row without its table prefix.
    static int timeAt(byte[] row) {
        return new KeyReader(row, startOf(Deadline.Kind.DELETION, Instant.EPOCH).length)
                .skip(TEXTS)
                .position();
    }

    /// The deadline of an index row of either table, without its table prefix.
    static Deadline read(byte[] row) {
        KeyReader parts = new KeyReader(row);
        Deadline.Kind kind = KINDS.get(parts.code());
        parts.time();
        TenantId tenant = new TenantId(parts.text());
        Optional<KeyReference> key = key(parts);
        return new Deadline(parts.time(), kind, tenant, parts.given().map(EnvironmentId::new), key);
    }

    private static Optional<KeyReference> key(KeyReader parts) {
        String vault = parts.text();
        String name = parts.text();
        Optional<KeyVersion> version = parts.given().map(KeyVersion::new);
        return vault.isEmpty() ? Optional.empty() : Optional.of(new KeyReference(new KeyId(vault, name), version));
    }
}
