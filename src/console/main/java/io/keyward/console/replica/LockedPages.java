package io.keyward.console.replica;

import io.keyward.console.replica.LockedKeys.LockedKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Pages of locked environments, and of the keys that lock them.
record LockedPages(ReplicaSnapshot snapshot, Optional<TenantId> tenant, Optional<String> after, int limit) {
    private static final byte[] BASE = KeyWriter.in(Table.LOCKED).bytes();

    static KeyWriter row(EnvironmentRow environment, KeyId key, Optional<Instant> deletionAt) {
        return KeyWriter.in(Table.LOCKED, environment.tenant())
                .key(key)
                .time(deletionAt.orElse(Instant.MAX))
                .text(environment.environment().value());
    }

    /// @param key a key of the tenant; empty for every key
    Page<EnvironmentRow> environments(Optional<KeyId> key) {
        KeyWriter start = new KeyWriter().raw(KeyWriter.of(tenant));
        key.ifPresent(start::key);
        return new Listing(snapshot, Cursor.LOCKED, after, limit, Listing.ROWS_PER_PAGE)
                .page(BASE, start.bytes(), this::environment);
    }

    private Optional<EnvironmentRow> environment(byte[] row) {
        KeyReader parts = new KeyReader(row);
        TenantId owner = new TenantId(parts.text());
        parts.skip(2).time();
        return ReplicaView.row(snapshot, owner, new EnvironmentId(parts.text()));
    }

    LockedKeys keys() {
        NavigableMap<byte[], LockedKey> all = all();
        return new LockedKeys(
                new Listing(snapshot, Cursor.LOCKED_KEYS, after, limit, limit)
                        .page(
                                Scan.OPEN,
                                from -> Optional.ofNullable(all.ceilingKey(from)),
                                rowKey -> Optional.of(all.get(rowKey))),
                all.size(),
                all.values().stream().mapToLong(LockedKey::environments).sum());
    }

    /// The entry key of the list of keys.
    private static byte[] rowKey(LockedKey key) {
        return new KeyWriter()
                .time(key.firstDeletionAt().orElse(Instant.MAX))
                .text(key.tenantId().value())
                .key(key.key())
                .bytes();
    }

    /// All locking keys by entry key.
    private NavigableMap<byte[], LockedKey> all() {
        byte[] start = KeyWriter.of(tenant);
        NavigableMap<byte[], LockedKey> keys = new TreeMap<>(Arrays::compareUnsigned);
        try (Scan rows = snapshot.scan(BASE, start, KeyWriter.after(start), true)) {
            while (rows.hasNext()) {
                byte[] first = rows.peekNextKey().get();
                KeyReader parts = new KeyReader(first);
                TenantId owner = new TenantId(parts.text());
                KeyId key = new KeyId(parts.text(), parts.text());
                int alike = parts.position();
                long environments = 0;
                for (; rows.hasNextLike(first, alike); rows.nextKey()) {
                    environments++;
                }
                LockedKey found = new LockedKey(
                        owner,
                        key,
                        environments,
                        Optional.of(parts.time()).filter(at -> at.toEpochMilli() < Long.MAX_VALUE));
                keys.put(rowKey(found), found);
            }
        }
        return keys;
    }
}
