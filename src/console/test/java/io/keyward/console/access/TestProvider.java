package io.keyward.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// An OpenID provider on the loopback address that logs in everyone. It checks redirect, client,
/// secret and PKCE as a real one does.
public final class TestProvider implements AutoCloseable {
    public static final String AUDIENCE = "keyward-api";
    public static final String CLIENT = "keyward-console";
    public static final String SECRET = "client secret: 100%";
    public static final String CLAIM = "keyward_tenants";
    /// Any console may be sent back to.
    private static final String BACK = "/login/callback";

    /// Two for all providers: to make one takes half a second without the optimizing compiler.
    private static final RSAKey FIRST = newKey();
    private static final RSAKey OTHER = newKey();

    private final HttpServer server;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final Map<String, Map<String, String>> logins = new ConcurrentHashMap<>();
    private volatile RSAKey key = new RSAKey.Builder(FIRST).keyID("first").build();
    private volatile UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims.claim(CLAIM, List.of("contoso"));
    private volatile boolean isDown;

    private TestProvider(HttpServer server) {
        this.server = server;
    }

    public static TestProvider start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestProvider provider = new TestProvider(server);
        server.createContext("/", provider::answer);
        server.start();
        return provider;
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A key that no provider has at first.
    static RSAKey otherKey(String id) {
        return new RSAKey.Builder(OTHER).keyID(id).build();
    }

    /// Ends with a slash, as those of some providers do.
    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    RSAKey key() {
        return key;
    }

    int keyRequests() {
        return keyRequests.get();
    }

    /// From now on, signs with another key and no longer publishes the one before.
    void rotate(String id) {
        key = otherKey(id);
    }

    /// Adds claims to every token of a login.
    public void customizeClaims(UnaryOperator<JWTClaimsSet.Builder> claims) {
        change = claims;
    }

    /// Simulates an outage, or ends it.
    void isDown(boolean down) {
        isDown = down;
    }

    /// The claims of a valid token that expires in a minute.
    JWTClaimsSet.Builder claims(String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("somebody")
                .audience(audience)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    /// A token for the API.
    public String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return signed(key, claims.apply(claims(AUDIENCE)).build());
    }

    static String signed(RSAKey key, JWTClaimsSet claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT), key, claims);
    }

    static String signed(JWSHeader.Builder header, RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header.build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isDown) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> send(exchange, metadata());
                case "/keys" -> {
                    keyRequests.incrementAndGet();
                    send(exchange, new JWKSet(key).toJSONObject(true));
                }
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer", issuer().toString(),
                "jwks_uri", issuer() + "keys",
                "authorization_endpoint", issuer() + "authorize",
                "token_endpoint", issuer() + "token");
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        boolean isGood = query.get("response_type").equals("code")
                && query.get("client_id").equals(CLIENT)
                && query.get("redirect_uri").endsWith(BACK)
                && query.get("code_challenge_method").equals("S256")
                && Arrays.asList(query.get("scope").split(" ")).contains("openid");
        if (!isGood) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        String code = "code-" + logins.size();
        logins.put(code, query);
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state") + "&iss="
                                + issuer());
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Optional<Map<String, String>> login = Optional.ofNullable(logins.get(query.get("code")));
        boolean isGood = login.isPresent()
                && query.get("grant_type").equals("authorization_code")
                && query.get("redirect_uri").equals(login.get().get("redirect_uri"))
                && challenge(query.get("code_verifier")).equals(login.get().get("code_challenge"))
                && exchange.getRequestHeaders().getFirst("Authorization").equals(basic());
        if (!isGood) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        logins.put(query.get("code"), Map.of()); // a code counts once
        JWTClaimsSet claims = change.apply(
                        claims(CLIENT).claim("nonce", login.get().get("nonce")))
                .build();
        send(exchange, Map.of("token_type", "Bearer", "access_token", "x", "id_token", signed(key, claims)));
    }

    private static String basic() {
        String pair = CLIENT + ":client+secret%3A+100%25";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void send(HttpExchange exchange, Map<String, Object> answer) {
        byte[] body = JSONObjectUtils.toJSONString(answer).getBytes(StandardCharsets.UTF_8);
        try {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
