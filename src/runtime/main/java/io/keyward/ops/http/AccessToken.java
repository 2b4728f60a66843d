package io.keyward.ops.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// The token that clients of the endpoint must send, as a bearer token (RFC 6750) or, for browsers, as the
/// password of any user (RFC 7617). `toString` does not contain the secret.
final class AccessToken implements Gate {
    private static final Pattern ACCEPTED = Pattern.compile("[\\x21-\\x7e]{16,}");
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private static final Caller HOLDER = new Caller("token", Optional.empty());

    private final String setting;
    private final byte[] token;

    private AccessToken(String setting, String token) {
        this.setting = setting;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws HttpEndpointException if the file cannot be read or holds no usable token
    static AccessToken read(Path file, HttpNames names) {
        String text =
                HttpFiles.text(file, StandardCharsets.UTF_8, names.token()).strip();
        if (!ACCEPTED.matcher(text).matches()) {
            throw new HttpEndpointException(
                    names.token() + " = " + file
                            + ": the file has no valid token; expected one line of at least"
                            + " 16 visible ASCII characters, for example from openssl rand -hex 32.",
                    null);
        }
        return new AccessToken(names.token(), text);
    }

    @Override
    public Optional<Caller> caller(EndpointRequest request) {
        return request.header("authorization").filter(this::isShownBy).map(_ -> HOLDER);
    }

    /// Whether the `Authorization` header contains the token. Compares in constant time.
    private boolean isShownBy(String authorization) {
        return bearer(authorization)
                .or(() -> credentials(authorization, BASIC).flatMap(AccessToken::password))
                .filter(shown -> MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /// The bearer token in an `Authorization` header, not verified.
    static Optional<String> bearer(String authorization) {
        return credentials(authorization, BEARER);
    }

    private static Optional<String> credentials(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String basic) {
        try {
            String[] pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(pair[1]) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// The response to a request without the token.
    @Override
    public EndpointResponse demand(EndpointRequest request) {
        return EndpointResponse.problem(
                        401,
                        "Send the token of " + setting
                                + " as Authorization: Bearer TOKEN, or as the password of any user.")
                .with("WWW-Authenticate", "Basic realm=\"keyward\", charset=\"UTF-8\", Bearer realm=\"keyward\"");
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
