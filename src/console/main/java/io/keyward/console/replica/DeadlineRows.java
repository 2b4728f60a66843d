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

/// The two index rows of a due date: one over all tenants, one within its tenant; both by kind, and then by time.
final class DeadlineRows {
    /// The code of a kind is its place.
    private static final List<Deadline.Kind> KINDS = List.of(Deadline.Kind.values());

    /// Tenant, vault, name and version of the key.
    private static final int TEXTS = 4;

    private DeadlineRows() {}

    /// What is grouped stands together: it differs in the last two parts only.
    static KeyWriter row(KeyWriter table, Deadline date) {
        table.raw(place(date.kind(), slot(date.kind(), date.at())))
                .text(date.tenantId().value());
        date.key().ifPresentOrElse(table::key, () -> table.text("").text("").text(""));
        return table.time(date.at())
                .text(date.environmentId().map(EnvironmentId::value).orElse(""));
    }

    /// The time by which rows of a kind are ordered first: that of each, or the day.
    static Instant slot(Deadline.Kind kind, Instant at) {
        return kind == Deadline.Kind.RETENTION_END ? at.truncatedTo(ChronoUnit.DAYS) : at;
    }

    /// Where the rows of a kind from a slot on begin.
    static byte[] place(Deadline.Kind kind, Instant slot) {
        return new KeyWriter().code(KINDS.indexOf(kind)).time(slot).bytes();
    }

    /// Where the expiries of a key at that time begin.
    static byte[] expiriesAt(TenantId tenant, Instant at, KeyId key) {
        return KeyWriter.in(Table.TENANT_DUE, tenant)
                .raw(place(Deadline.Kind.KEY_EXPIRY, at))
                .text(tenant.value())
                .key(key)
                .bytes();
    }

    /// Where the exact time stands in a row without its table.
    static int timeAt(byte[] row) {
        return new KeyReader(row, place(Deadline.Kind.DELETION, Instant.EPOCH).length)
                .skip(TEXTS)
                .position();
    }

    /// The due date of an index row of either table, without what its table begins with.
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
