package io.keyward.console.replica;

import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pages of locked environments, and of the keys that lock them.
record LockedPages(Frozen frozen, Optional<TenantId> tenant, Optional<String> after, int limit) {
    private static final byte[] BASE = KeyWriter.in(Table.LOCKED).bytes();

    static KeyWriter row(EnvironmentRow environment, KeyId key, Optional<Instant> deletionAt) {
        return KeyWriter.in(Table.LOCKED)
                .text(environment.tenant().value())
                .key(key)
                .time(deletionAt.orElse(Instant.MAX))
                .text(environment.environment().value());
    }

    /// @param key of the tenant; empty for every key
    Page<EnvironmentRow> environments(Optional<KeyId> key) {
        KeyWriter start = new KeyWriter().raw(KeyWriter.of(tenant));
        key.ifPresent(start::key);
        return new Listing(frozen, Cursor.LOCKED, BASE, start.bytes())
                .page(after, limit, Listing.ROWS_PER_PAGE, this::environment);
    }

    private Optional<EnvironmentRow> environment(KeyReader parts) {
        TenantId owner = new TenantId(parts.text());
        parts.text();
        parts.text();
        parts.time();
        return ReplicaView.row(frozen, owner, new EnvironmentId(parts.text()));
    }

    LockedKeys keys() {
        List<LockedKey> all = all();
        byte[] last =
                after.map(cursor -> Cursor.read(Cursor.LOCKED_KEYS, cursor)).orElse(Scan.OPEN);
        List<LockedKey> further = all.stream()
                .filter(key -> Arrays.compareUnsigned(place(key), last) > 0)
                .sorted(Comparator.comparing(LockedPages::place, Arrays::compareUnsigned))
                .limit(limit + 1L)
                .toList();
        List<LockedKey> page = further.subList(0, Math.min(limit, further.size()));
        return new LockedKeys(
                page,
                further.size() > limit
                        ? Optional.of(Cursor.write(Cursor.LOCKED_KEYS, place(page.getLast())))
                        : Optional.empty(),
                all.size(),
                all.stream().mapToLong(LockedKey::environments).sum());
    }

    /// What the list of keys is ordered by.
    private static byte[] place(LockedKey key) {
        return new KeyWriter()
                .time(key.firstDeletionAt().orElse(Instant.MAX))
                .text(key.tenantId().value())
                .key(key.key())
                .bytes();
    }

    private List<LockedKey> all() {
        byte[] start = KeyWriter.of(tenant);
        List<LockedKey> keys = new ArrayList<>();
        try (Scan rows = frozen.scan(BASE, start, KeyWriter.after(start), true)) {
            while (rows.hasNext()) {
                byte[] first = rows.peekNextKey().get();
                KeyReader parts = new KeyReader(first);
                TenantId owner = new TenantId(parts.text());
                KeyId key = new KeyId(parts.text(), parts.text());
                int alike = parts.position();
                long environments = 0;
                for (; rows.goesOn(first, alike); rows.next()) {
                    environments++;
                }
                keys.add(new LockedKey(
                        owner,
                        key,
                        environments,
                        Optional.of(parts.time()).filter(at -> at.toEpochMilli() < Long.MAX_VALUE)));
            }
        }
        return keys;
    }
}
