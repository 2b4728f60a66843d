package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pages of keys, tenant by tenant and vault by vault, from the rows of the processor's stores: a key has a row if
/// facts of it are known, and one for each environment that uses or used it. These are passed over at once.
record KeyPages(ReplicaSnapshot snapshot, Optional<TenantId> tenant) {
    /// What a row begins with: the tenant, and its key in the processor's store: the tenant once more, vault and name.
    private static final int TEXTS = 4;

    Page<TenantKey> page(Optional<String> after, int limit, Predicate<TenantKey> wanted) {
        byte[] start = tenant.map(KeyPages::ofTenant).orElse(Scan.OPEN);
        byte[] end = KeyWriter.after(start);
        return new Listing(snapshot, Cursor.KEYS, after, limit, Listing.ROWS_PER_PAGE)
                .page(
                        start,
                        from -> next(from, end),
                        rowKey -> Optional.of(read(rowKey)).filter(wanted));
    }

    /// The first key between these.
    private Optional<byte[]> next(byte[] from, byte[] end) {
        return Stream.of(Nodes.KEYS, Nodes.KEY_USAGE)
                .flatMap(store -> snapshot.first(StoreRows.of(store), from, end).stream())
                .map(row -> new KeyReader(row).first(TEXTS))
                .min(Arrays::compareUnsigned);
    }

    private static TenantKey read(byte[] rowKey) {
        KeyReader parts = new KeyReader(rowKey);
        TenantId tenant = new TenantId(parts.text());
        parts.skip(1);
        return new TenantKey(tenant, new KeyId(parts.text(), parts.text()));
    }

    private static byte[] ofTenant(TenantId tenant) {
        return new KeyWriter().text(tenant.value()).text(tenant.value()).bytes();
    }
}
