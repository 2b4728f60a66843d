package io.keyward.vault;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/// A credential that turns each of its failures into an [IdentityFailureException], so that they differ from a
/// vault's failures.
///
/// @param credential makes the credential for each request
record OwnIdentity(Supplier<TokenCredential> credential) implements TokenCredential {
    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> credential.get().getToken(request))
                .onErrorMap(RuntimeException.class, IdentityFailureException::new);
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            return credential.get().getTokenSync(request);
        } catch (RuntimeException failure) {
            throw new IdentityFailureException(failure);
        }
    }

    /// No token was available, so no vault was called.
    static final class IdentityFailureException extends RuntimeException {
        IdentityFailureException(RuntimeException cause) {
            super(cause);
        }
    }
}
