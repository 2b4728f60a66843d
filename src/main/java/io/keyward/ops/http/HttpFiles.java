package io.keyward.ops.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files whose contents close the endpoint to strangers; they are read when it opens, and those of the certificate
/// again with each connection, so that a renewed one is taken up.
///
/// @param certificate a PEM certificate chain (with or without its key), or a PKCS#12 key store; empty for plain HTTP
/// @param key the PEM private key (PKCS#8), where the first file has none
/// @param password of the key store, or of the encrypted key
/// @param token what readers have to show; empty if everybody may read
public record HttpFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> password, Optional<Path> token) {
    /// Plain HTTP without a token.
    public static final HttpFiles NONE =
            new HttpFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static final String CERTIFICATE = "keyward.http.tls.certificate.file";
    public static final String KEY = "keyward.http.tls.key.file";
    public static final String PASSWORD = "keyward.http.tls.password.file";
    public static final String TOKEN = "keyward.http.token.file";

    /// The text of a file that a setting names.
    ///
    /// @throws HttpEndpointException that names both if it cannot be read
    static String text(Path file, String setting) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw unreadable(file, setting, failure);
        }
    }

    static HttpEndpointException unreadable(Path file, String setting, IOException failure) {
        return new HttpEndpointException(
                setting + " = " + file + ": the file cannot be read (" + failure + ").", failure);
    }
}
