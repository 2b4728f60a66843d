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

/// An OpenID provider: its metadata and its signing keys. Keys are fetched when a token needs them, cached for
/// minutes, and kept longer while the provider is unavailable. An unknown key id triggers another fetch, but at
/// most two in 30 seconds, so that clients cannot make the console flood the provider.
final class Provider implements JWKSetSource<SecurityContext>, AutoCloseable {
    /// Asymmetric signatures only. Tokens with another algorithm or without a signature are rejected.
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

    /// Appended to the issuer without its trailing slash (OpenID Connect Discovery 4.1).
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

    /// The claims of a token.
    ///
    /// @param audience the required audience
    /// @throws BadJOSEException if the provider has not signed it, or if issuer, audience or expiry do not match
    /// @throws JOSEException if the provider's keys cannot be fetched
    JWTClaimsSet claims(String token, String audience) throws BadJOSEException, JOSEException, ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer.toString()).build(), Set.of("sub", "exp")));
        return processor.process(token, null);
    }

    /// The provider's metadata: its endpoints, by name.
    ///
    /// @throws IOException if it does not respond with metadata of this issuer
    Map<String, Object> metadata() throws IOException {
        Map<String, Object> metadata =
                json(HttpRequest.newBuilder(URI.create(issuer.toString().replaceFirst("/$", "") + METADATA)));
        if (!issuer.toString().equals(metadata.get("issuer"))) {
            throw new IOException("The metadata of the provider at %s names the issuer %s; they must be the same."
                    .formatted(issuer, metadata.get("issuer")));
        }
        return metadata;
    }

    /// The response to a request, as a JSON object.
    ///
    /// @throws IOException if the provider does not respond with status 200 and a JSON object
    Map<String, Object> json(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "%s returned status %d.".formatted(answer.uri().getPath(), answer.statusCode()));
            }
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException notJson) {
            throw new IOException(notJson);
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
            throw new JWKSetUnavailableException("The keys of the provider cannot be fetched", outage);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
