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

/// The claim that says which tenants somebody may know: `all`, or the ids of some. It holds a list, or a text
/// with blanks between its words.
record TenantsClaim(String name) {
    private static final String ALL = "all";

    /// Empty if it says nothing: such a token is good for nothing here.
    Optional<Caller> caller(JWTClaimsSet claims) {
        List<String> said = switch (claims.getClaim(name)) {
            case String text -> List.of(text.strip().split("\\s+"));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
        if (said.contains(ALL)) {
            return Optional.of(new Caller(claims.getSubject(), Optional.empty()));
        }
        Set<TenantId> tenants = said.stream().flatMap(TenantsClaim::tenant).collect(Collectors.toSet());
        return Optional.of(new Caller(claims.getSubject(), Optional.of(tenants)))
                .filter(_ -> !tenants.isEmpty());
    }

    private static Stream<TenantId> tenant(String text) {
        try {
            return Stream.of(new TenantId(text));
        } catch (RefusedException noId) {
            return Stream.empty();
        }
    }
}
