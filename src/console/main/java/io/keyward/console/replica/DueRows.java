package io.keyward.console.replica;

import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// The two index rows of a due date: one in the order of time over all tenants, one in the order of time within its
/// tenant.
record DueRows(DueDate date) {
    static DueRows expiry(TenantId tenant, KeyId key, Fact.Expiry expiry) {
        return new DueRows(new DueDate(
                expiry.expiresAt(),
                DueDate.Kind.KEY_EXPIRY,
                tenant,
                Optional.empty(),
                Optional.of(new KeyReference(key, Optional.of(expiry.version())))));
    }

    void addTo(Set<Bytes> rows) {
        rows.add(tail(
                KeyWriter.in(Table.DUE).time(date.at()).text(date.tenantId().value())));
        rows.add(tail(ofTenant(date.tenantId()).time(date.at())));
    }

    private Bytes tail(KeyWriter start) {
        start.text(date.kind().name())
                .text(date.environmentId().map(EnvironmentId::value).orElse(""));
        date.key()
                .ifPresentOrElse(
                        key -> start.key(key.key()).version(key.version()),
                        () -> start.text("").text("").text(""));
        return start.key();
    }

    static KeyWriter ofTenant(TenantId tenant) {
        return KeyWriter.in(Table.TENANT_DUE).text(tenant.value());
    }

    /// Where the expiries of a key at that time begin.
    static byte[] expiriesAt(TenantId tenant, Instant at, KeyId key) {
        return ofTenant(tenant)
                .time(at)
                .text(DueDate.Kind.KEY_EXPIRY.name())
                .text("")
                .key(key)
                .bytes();
    }

    /// The due date of an index row of either table.
    ///
    /// @param row what follows the table, or the tenant if that is given
    static DueDate read(KeyReader row, Optional<TenantId> ofTenant) {
        Instant at = row.time();
        TenantId tenant = ofTenant.orElseGet(() -> new TenantId(row.text()));
        return new DueDate(
                at,
                DueDate.Kind.valueOf(row.text()),
                tenant,
                Optional.of(row.text()).filter(text -> !text.isEmpty()).map(EnvironmentId::new),
                key(row));
    }

    private static Optional<KeyReference> key(KeyReader parts) {
        String vault = parts.text();
        String name = parts.text();
        Optional<KeyVersion> version =
                Optional.of(parts.text()).filter(text -> !text.isEmpty()).map(KeyVersion::new);
        return vault.isEmpty() ? Optional.empty() : Optional.of(new KeyReference(new KeyId(vault, name), version));
    }
}
