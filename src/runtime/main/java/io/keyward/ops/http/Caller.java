package io.keyward.ops.http;

import io.keyward.domain.id.TenantId;
import java.util.Optional;
import java.util.Set;

/// Who sent a request, and which tenants they may know about.
///
/// @param name a name for logs, never a secret
/// @param tenants the only tenants that the caller may know about; empty for all tenants
public record Caller(String name, Optional<Set<TenantId>> tenants) {
    /// Any client of an endpoint that requires no authentication.
    public static final Caller ANYBODY = new Caller("anybody", Optional.empty());

    /// An unauthenticated client, who may know about no tenant.
    public static final Caller UNAUTHENTICATED = new Caller("anonymous", Optional.of(Set.of()));

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

    /// The tenant, if the caller may know about exactly one.
    public Optional<TenantId> onlyTenant() {
        return tenants.filter(some -> some.size() == 1)
                .map(one -> one.iterator().next());
    }
}
