package io.keyward.intake.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// What Kafka needs of an identity provider: it gives a token to an application that shows its secret, and publishes
/// the key that signs tokens. Like Microsoft Entra's, its tokens name an application and have no scope.
final class TokenEndpoint implements AutoCloseable {
    static final String CLIENT_ID = "6f1d3a52-8a0e-4b5f-9c53-0d6c7f0b6a11";

    /// Who the application is in a token.
    static final String SUBJECT = "e3b7c1d4-2f60-4c7a-8e19-5a9d0b4c8f22";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String audience;
    private final KeyPair keys;
    private final HttpServer server;
    private volatile String secret = "";

    /// @param audience what a client must ask for, with `/.default` after it
    TokenEndpoint(String audience) throws IOException, GeneralSecurityException {
        this.audience = audience;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/token", this::answer);
        server.createContext("/keys", exchange -> send(exchange, 200, keySet()));
        server.start();
    }

    /// Gives tokens from now on to who shows this secret; to nobody before.
    void accept(String newSecret) {
        secret = newSecret;
    }

    String tokens() {
        return url("/token");
    }

    String keys() {
        return url("/keys");
    }

    String issuer() {
        return url("/");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String login = CLIENT_ID + ":" + secret;
        String expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String form = URLDecoder.decode(body, StandardCharsets.UTF_8);
        if (!form.equals("grant_type=client_credentials&scope=" + audience + "/.default")) {
            send(exchange, 400, "{\"error\":\"invalid_request\"}");
        } else if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}");
        } else {
            send(
                    exchange,
                    200,
                    "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"%s\"}".formatted(token()));
        }
    }

    private String token() {
        Instant now = Instant.now();
        String claims = "{\"aud\":\"%s\",\"iss\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(
                        audience,
                        issuer(),
                        SUBJECT,
                        now.getEpochSecond(),
                        now.plusSeconds(3599).getEpochSecond());
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"k1\"}") + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(base64(key.getModulus()), base64(key.getPublicExponent()));
    }

    /// Of a positive number, without a sign's byte.
    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
