package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A page of the keys that lock environments, the first deletion first, with totals over all of them.
///
/// @param next the cursor of the next page; empty at the end of the list
public record LockedKeys(List<LockedKey> page, Optional<String> next, long keys, long environments) {
    public LockedKeys {
        page = List.copyOf(page);
    }

    /// A key that locks environments of a tenant.
    ///
    /// @param environments how many
    /// @param firstDeletionAt when the first of them will be deleted; empty if that is known of none
    public record LockedKey(TenantId tenantId, KeyId key, long environments, Optional<Instant> firstDeletionAt) {}
}
