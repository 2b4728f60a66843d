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

    private final byte[] token;

    private BearerToken(String token) {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws HttpEndpointException if the file cannot be read or holds no usable token
    static BearerToken read(Path file) {
        String text = HttpFiles.text(file, HttpFiles.TOKEN).strip();
        if (!ACCEPTED.matcher(text).matches()) {
            throw new HttpEndpointException(
                    HttpFiles.TOKEN + " = " + file
                            + ": the file has no valid token; expected one line of at least"
                            + " 16 visible ASCII characters, for example from openssl rand -hex 32.",
                    null);
        }
        return new BearerToken(text);
    }

    /// Whether the `Authorization` header contains the token. Compares in constant time.
    boolean isShownBy(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
