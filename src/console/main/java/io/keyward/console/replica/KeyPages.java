package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Pages of keys, by tenant and vault, from the rows of the processor's stores. A key has one row if facts of it
/// are known, and one for each environment that uses or used it; the scan skips these at once.
record KeyPages(ReplicaSnapshot snapshot, Optional<TenantId> tenant) {
    /// A row starts with the tenant and the key of the processor's store: the tenant again, vault and name.
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

    /// The first key in this range.
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
