package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pages of keys, tenant by tenant and vault by vault, from the rows of the processor's stores: a key has a row if
/// facts of it are known, and one for each environment that uses or used it. These are passed over at once.
record KeyPages(Frozen frozen, Optional<TenantId> tenant) {
    Page<TenantKey> page(Optional<String> after, int limit, Predicate<TenantKey> wanted) {
        byte[] start = tenant.map(KeyPages::ofTenant).orElse(Scan.OPEN);
        byte[] last = start;
        Optional<byte[]> place = next(after.map(cursor -> KeyWriter.later(Cursor.after(Cursor.KEYS, cursor), start))
                .orElse(start));
        List<TenantKey> found = new ArrayList<>();
        for (int seen = 0; place.isPresent() && found.size() < limit && seen < Listing.ROWS_PER_PAGE; seen++) {
            last = place.get();
            Optional.of(read(last)).filter(wanted).ifPresent(found::add);
            place = next(KeyWriter.after(last));
        }
        return new Page<>(found, place.isPresent() ? Optional.of(Cursor.write(Cursor.KEYS, last)) : Optional.empty());
    }

    /// The first key from there on.
    private Optional<byte[]> next(byte[] from) {
        byte[] end = tenant.map(KeyPages::ofTenant).map(KeyWriter::after).orElse(Scan.OPEN);
        return Stream.of(Nodes.KEYS, Nodes.KEY_USAGE)
                .flatMap(store -> first(store, from, end).stream())
                .min(Arrays::compareUnsigned);
    }

    private Optional<byte[]> first(String store, byte[] from, byte[] end) {
        try (Scan rows = frozen.scan(StoreRows.of(store), from, end, true)) {
            return rows.hasNext() ? Optional.of(place(read(rows.peekNextKey().get()))) : Optional.empty();
        }
    }

    /// What a row begins with: the tenant, and its key in the processor's store, which has the tenant once more.
    private static TenantKey read(byte[] row) {
        KeyReader parts = new KeyReader(row);
        TenantId tenant = new TenantId(parts.text());
        parts.text();
        return new TenantKey(tenant, new KeyId(parts.text(), parts.text()));
    }

    private static byte[] place(TenantKey key) {
        return KeyWriter.joined(
                ofTenant(key.tenant()), new KeyWriter().key(key.key()).bytes());
    }

    private static byte[] ofTenant(TenantId tenant) {
        return new KeyWriter().text(tenant.value()).text(tenant.value()).bytes();
    }
}
