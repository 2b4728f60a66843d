package io.keyward.console.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The claim with the tenants that the caller may see: `all`, or tenant ids. It is a list, or a text with words
/// separated by blanks.
record TenantsClaim(String name) {
    private static final String ALL = "all";

    /// Empty if the claim names no tenant: such a token gives access to nothing.
    Optional<Caller> caller(JWTClaimsSet claims) {
        List<String> values = switch (claims.getClaim(name)) {
            case String text -> List.of(text.strip().split("\\s+"));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
        if (values.contains(ALL)) {
            return Optional.of(new Caller(claims.getSubject(), Optional.empty()));
        }
        Set<TenantId> tenants = values.stream().flatMap(TenantsClaim::tenant).collect(Collectors.toSet());
        return Optional.of(new Caller(claims.getSubject(), Optional.of(tenants)))
                .filter(_ -> !tenants.isEmpty());
    }

    private static Stream<TenantId> tenant(String text) {
        try {
            return Stream.of(new TenantId(text));
        } catch (RefusedException notAnId) {
            return Stream.empty();
        }
    }
}
