package io.keyward.console.replica;

import io.keyward.domain.id.TenantId;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// The rows that a view shows: those of some tenants, and those about no tenant. Every read of a view is filtered
/// by it, so rows of other tenants appear not to exist.
///
/// @param tenants the texts of the tenants as in keys; empty if all rows are shown
record VisibleRows(Optional<NavigableSet<byte[]>> tenants) {
    static final VisibleRows ALL = new VisibleRows(Optional.empty());

    static VisibleRows of(Collection<TenantId> tenants) {
        NavigableSet<byte[]> texts = new TreeSet<>(Arrays::compareUnsigned);
        texts.add(text(""));
        tenants.forEach(tenant -> texts.add(text(tenant.value())));
        return new VisibleRows(Optional.of(texts));
    }

    private static byte[] text(String tenant) {
        return new KeyWriter().text(tenant).bytes();
    }

    boolean shows(byte[] key) {
        return tenants.isEmpty() || next(key).isEmpty();
    }

    /// The smallest key after a hidden one that may be visible; empty if this key is visible.
    Optional<byte[]> next(byte[] key) {
        OptionalInt at = tenants.isEmpty() ? OptionalInt.empty() : Table.tenantIn(key);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        int end = at.getAsInt();
        while (key[end] != 0) {
            end++;
        }
        byte[] tenant = Arrays.copyOfRange(key, at.getAsInt(), end + 1);
        if (tenants.get().contains(tenant)) {
            return Optional.empty();
        }
        byte[] before = Arrays.copyOf(key, at.getAsInt());
        return Optional.of(Optional.ofNullable(tenants.get().higher(tenant))
                .map(next -> KeyWriter.joined(before, next))
                .orElseGet(() -> KeyWriter.after(before)));
    }
}
