package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// An OpenID provider: what it says about itself, and what it has signed. Its keys are read when a token needs
/// them, kept for minutes, and kept longer while it does not answer. A key that is not known makes it be asked
/// again, but not more often than twice in half a minute, so nobody can make the console flood it.
final class Provider implements JWKSetSource<SecurityContext>, AutoCloseable {
    /// Signatures with a public key only. A token that is signed otherwise, or not at all, is refused.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /// Behind the issuer without its last slash (OpenID Connect Discovery 4.1).
    private static final String METADATA = "/.well-known/openid-configuration";

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final URI issuer;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final JWKSource<SecurityContext> keys;

    Provider(URI issuer) {
        this.issuer = issuer;
        this.keys = JWKSourceBuilder.create(this)
                .cache(KEPT.toMillis(), LIMIT.multipliedBy(3).toMillis())
                .refreshAheadCache(false)
                .rateLimited(INTERVAL.toMillis())
                .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                .build();
    }

    /// What a token says.
    ///
    /// @param audience whom it must be for
    /// @throws BadJOSEException if the provider has not signed it, or it is for somebody else or another time
    /// @throws JOSEException if the provider's keys cannot be read
    JWTClaimsSet claims(String token, String audience) throws BadJOSEException, JOSEException, ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer.toString()).build(), Set.of("sub", "exp")));
        return processor.process(token, null);
    }

    /// What the provider says about itself: its addresses, by name.
    ///
    /// @throws IOException if it does not answer as a provider does
    Map<String, Object> metadata() throws IOException {
        Map<String, Object> metadata =
                json(HttpRequest.newBuilder(URI.create(issuer.toString().replaceFirst("/$", "") + METADATA)));
        if (!issuer.toString().equals(metadata.get("issuer"))) {
            throw new IOException("The provider at %s calls itself %s.".formatted(issuer, metadata.get("issuer")));
        }
        return metadata;
    }

    /// The answer to a request, as a JSON object.
    ///
    /// @throws IOException if there is none
    Map<String, Object> json(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("%s answers %d.".formatted(answer.uri().getPath(), answer.statusCode()));
            }
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException noJson) {
            throw new IOException(noJson);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            return JWKSet.parse(json(
                    HttpRequest.newBuilder(URI.create(metadata().get("jwks_uri").toString()))));
        } catch (IOException | ParseException | RuntimeException outage) {
            throw new JWKSetUnavailableException("The keys of the provider cannot be read", outage);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
