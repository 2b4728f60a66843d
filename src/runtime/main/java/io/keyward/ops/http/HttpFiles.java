package io.keyward.ops.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files of the certificate and the token. They are read when the endpoint starts. The certificate's files are
/// read again for each connection, so a renewed certificate takes effect.
///
/// @param certificate a PEM certificate chain (with or without its key), or a PKCS#12 key store; empty for plain
///     HTTP
/// @param key the PEM private key (PKCS#8), if the first file has none
/// @param password the password of the key store or of the encrypted key
/// @param token the token that clients must send; empty if no token is required
public record HttpFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> password, Optional<Path> token) {
    public static final HttpFiles NONE =
            new HttpFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Reads the file that a setting names.
    ///
    /// @throws HttpEndpointException naming the file and the setting if the file cannot be read
    static String text(Path file, Charset charset, String setting) {
        try {
            return Files.readString(file, charset);
        } catch (IOException failure) {
            throw new HttpEndpointException(
                    setting + " = " + file + ": the file cannot be read (" + failure + ").", failure);
        }
    }
}
