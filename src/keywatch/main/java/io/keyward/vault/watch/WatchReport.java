package io.keyward.vault.watch;

import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// How well a tenant's key is watched, for the topic `key-watch`.
///
/// @param partition of the inputs, where the tenant is
/// @param status empty if the tenant does not use the key any more: a tombstone
public record WatchReport(int partition, TenantId tenant, KeyId key, Optional<WatchStatus> status) {
    /// A tenant's key.
    record Subject(TenantId tenant, KeyId key) {}

    Subject subject() {
        return new Subject(tenant, key);
    }
}
