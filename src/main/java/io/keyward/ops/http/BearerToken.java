package io.keyward.ops.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/// The bearer token (RFC 6750) that clients of the endpoint must send. Its string form does not contain the
/// secret.
final class BearerToken {
    private static final Pattern ACCEPTED = Pattern.compile("[\\x21-\\x7e]{16,}");
    private static final String SCHEME = "Bearer ";

    private final String setting;
    private final byte[] token;

    private BearerToken(String setting, String token) {
        this.setting = setting;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws HttpEndpointException if the file cannot be read or holds no usable token
    static BearerToken read(Path file, HttpNames names) {
        String text = HttpFiles.text(file, names.token()).strip();
        if (!ACCEPTED.matcher(text).matches()) {
            throw new HttpEndpointException(
                    names.token() + " = " + file
                            + ": the file has no valid token; expected one line of at least"
                            + " 16 visible ASCII characters, for example from openssl rand -hex 32.",
                    null);
        }
        return new BearerToken(names.token(), text);
    }

    /// Whether the `Authorization` header contains the token. Compares in constant time.
    boolean isShownBy(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    /// The response to a request without the token.
    EndpointResponse demand() {
        return EndpointResponse.problem(401, "Send the token of " + setting + " as Authorization: Bearer TOKEN.")
                .with("WWW-Authenticate", "Bearer realm=\"keyward\"");
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
