package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A page of the keys that lock environments, ordered by their first deletion, with totals over all of them.
///
/// @param keys how many such keys there are, on all pages
/// @param environments how many environments they lock
public record LockedKeys(Page<LockedKey> page, long keys, long environments) {
    /// A key that locks environments of a tenant.
    ///
    /// @param environments how many environments it locks
    /// @param firstDeletionAt when the first of them will be deleted; empty if that is not known for any
    public record LockedKey(TenantId tenantId, KeyId key, long environments, Optional<Instant> firstDeletionAt) {}
}
