package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A page of the keys that lock environments, the first deletion first, with totals over all of them.
///
/// @param keys how many there are, on all pages
/// @param environments how many they lock
public record LockedKeys(Page<LockedKey> page, long keys, long environments) {
    /// A key that locks environments of a tenant.
    ///
    /// @param environments how many
    /// @param firstDeletionAt when the first of them will be deleted; empty if that is known of none
    public record LockedKey(TenantId tenantId, KeyId key, long environments, Optional<Instant> firstDeletionAt) {}
}
