package io.keyward.console.access;

import static io.keyward.console.access.TestProvider.AUDIENCE;
import static io.keyward.console.access.TestProvider.CLAIM;
import static io.keyward.console.access.TestProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.keyward.config.AccessSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which bearer tokens give access to the console, and as which caller.
class ConsoleGateTest {
    private TestProvider provider;
    private ConsoleGate gate;

    @BeforeEach
    void start() throws IOException {
        provider = TestProvider.start();
        gate = gate(provider);
    }

    @AfterEach
    void stop() {
        gate.close();
        provider.close();
    }

    private static ConsoleGate gate(TestProvider provider) {
        Properties settings = new Properties();
        settings.setProperty("keyward.console.oidc.issuer", provider.issuer().toString());
        settings.setProperty("keyward.console.oidc.audience", AUDIENCE);
        return new ConsoleGate(
                new StaticToken(),
                new AccessSettings(
                        KeywardConfig.load(Optional.empty(), Map.of(), settings).values()),
                InstantSource.system());
    }

    /// The token that needs no provider.
    private static final class StaticToken implements Gate {
        @Override
        public Optional<Caller> caller(EndpointRequest request) {
            return request.bearerToken().filter("static"::equals).map(_ -> Caller.ANYBODY);
        }

        @Override
        public EndpointResponse demand(EndpointRequest request) {
            return EndpointResponse.problem(401, "Send the token.");
        }
    }

    private Optional<Caller> shows(String token) {
        return gate.caller(
                new EndpointRequest("GET", "/", Map.of(), "", Map.of("authorization", "Bearer " + token), new byte[0]));
    }

    private static Optional<Caller> somebody(String... tenants) {
        Set<TenantId> some = Arrays.stream(tenants).map(TenantId::new).collect(Collectors.toSet());
        return Optional.of(new Caller("somebody", Optional.of(some)));
    }

    @Test
    void theClaimNamesTenantsAsAListOrAsAText() {
        assertThat(shows(provider.token(claims -> claims.claim(CLAIM, List.of("contoso", "fabrikam")))))
                .isEqualTo(somebody("contoso", "fabrikam"));
        assertThat(shows(provider.token(claims -> claims.claim(CLAIM, "contoso  fabrikam"))))
                .isEqualTo(somebody("contoso", "fabrikam"));
        assertThat(shows(provider.token(claims -> claims.claim(CLAIM, "all"))))
                .contains(new Caller("somebody", Optional.empty()));
    }

    /// A token that must not be accepted.
    record Bad(String name, Forgery forgery) {
        interface Forgery {
            String of(TestProvider provider) throws Exception;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> badTokens() {
        return Stream.of(
                new Bad("no token at all", _ -> "x"),
                new Bad("not signed", provider -> new PlainJWT(good(provider)).serialize()),
                new Bad("signed with the public key as a secret", ConsoleGateTest::confused),
                new Bad("signed with a secret that the header holds", ConsoleGateTest::selfSigned),
                new Bad(
                        "signed by somebody else under the id of the key",
                        provider -> signed(TestProvider.otherKey("first"), good(provider))),
                new Bad(
                        "signed by somebody else under an id of their own",
                        provider -> signed(TestProvider.otherKey("foreign"), good(provider))),
                new Bad(
                        "of another issuer",
                        provider -> all(provider, claims -> claims.issuer("https://evil.example"))),
                new Bad("for another service", provider -> all(provider, claims -> claims.audience("mail"))),
                new Bad("for nobody", provider -> all(provider, claims -> claims.audience((String) null))),
                new Bad(
                        "that has ended",
                        provider -> all(
                                provider,
                                claims -> claims.expirationTime(
                                        Date.from(Instant.now().minusSeconds(90))))),
                new Bad("without an end", provider -> all(provider, claims -> claims.expirationTime(null))),
                new Bad(
                        "that has not begun",
                        provider -> all(
                                provider,
                                claims -> claims.notBeforeTime(
                                        Date.from(Instant.now().plusSeconds(90))))),
                new Bad("about nobody", provider -> all(provider, claims -> claims.subject(null))),
                new Bad("without the claim", provider -> provider.token(claims -> claims)),
                new Bad("with an empty claim", provider -> all(provider, claims -> claims.claim(CLAIM, List.of()))),
                new Bad(
                        "whose claim names no id of a tenant",
                        provider -> all(provider, claims -> claims.claim(CLAIM, List.of("a/b", " ")))),
                new Bad(
                        "for a logout",
                        provider -> signed(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("first")
                                        .type(new JOSEObjectType("logout+jwt")),
                                provider.key(),
                                good(provider))),
                new Bad("changed after it was signed", ConsoleGateTest::changed));
    }

    private static JWTClaimsSet good(TestProvider provider) {
        return provider.claims(AUDIENCE).claim(CLAIM, "all").build();
    }

    private static String all(TestProvider provider, UnaryOperator<JWTClaimsSet.Builder> change) {
        return provider.token(claims -> change.apply(claims.claim(CLAIM, "all")));
    }

    private static String confused(TestProvider provider) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), good(provider));
        token.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String selfSigned(TestProvider provider) throws Exception {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(TestProvider.otherKey("first").toPublicJWK())
                        .keyID("first"),
                TestProvider.otherKey("first"),
                good(provider));
    }

    private static String changed(TestProvider provider) {
        String[] parts = signed(provider.key(), good(provider)).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        parts[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("somebody", "somebod1").getBytes(StandardCharsets.UTF_8));
        return String.join(".", parts);
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aBadTokenLetsNobodyIn(Bad bad) throws Exception {
        assertThat(shows(signed(provider.key(), good(provider)))).isPresent();
        assertThat(shows(bad.forgery().of(provider))).isEmpty();
    }

    @Test
    void aNewKeyCountsAtOnceAndTheOldOneNoMore() {
        String before = all(provider, claims -> claims);
        assertThat(shows(before)).isPresent();
        provider.rotate("second");
        assertThat(shows(all(provider, claims -> claims))).isPresent();
        assertThat(shows(before)).isEmpty();
    }

    @Test
    void unknownKeysDoNotFloodTheProvider() {
        for (int i = 0; i < 100; i++) {
            assertThat(shows(signed(TestProvider.otherKey("unknown-" + i), good(provider))))
                    .isEmpty();
        }
        assertThat(provider.keyRequests()).isLessThanOrEqualTo(2);
    }

    @Test
    void whileTheProviderIsDownKnownKeysAndTheStaticTokenGoOn() {
        String token = all(provider, claims -> claims);
        assertThat(shows(token)).isPresent();
        provider.isDown(true);
        assertThat(shows(token)).isPresent();
        assertThat(shows("static")).contains(Caller.ANYBODY);
    }

    @Test
    void aProviderThatIsDownAtTheStartLetsNobodyInUntilItAnswers() {
        provider.isDown(true);
        String token = all(provider, claims -> claims);
        assertThat(shows(token)).isEmpty();
        assertThat(shows("static")).contains(Caller.ANYBODY);
        provider.isDown(false);
        assertThat(shows(token)).isPresent();
    }
}
