package io.keyward.ops.http;

import io.keyward.domain.id.TenantId;
import java.util.Optional;
import java.util.Set;

/// Who sent a request, and which tenants they may know about.
///
/// @param name a name for logs, never a secret
/// @param tenants the only tenants that the caller may know about; empty for all of them
public record Caller(String name, Optional<Set<TenantId>> tenants) {
    /// Whoever reaches an endpoint that demands nothing.
    public static final Caller ANYBODY = new Caller("anybody", Optional.empty());

    /// Who has not shown who they are, and may know about no tenant.
    public static final Caller STRANGER = new Caller("stranger", Optional.of(Set.of()));

    public Caller {
        tenants = tenants.map(Set::copyOf);
    }

    /// Whether there are tenants that the caller may not know about.
    public boolean isRestricted() {
        return tenants.isPresent();
    }

    public boolean mayKnow(TenantId tenant) {
        return tenants.isEmpty() || tenants.get().contains(tenant);
    }

    /// The tenant that everything is about, if the caller may know one only.
    public Optional<TenantId> onlyTenant() {
        return tenants.filter(some -> some.size() == 1)
                .map(one -> one.iterator().next());
    }
}
