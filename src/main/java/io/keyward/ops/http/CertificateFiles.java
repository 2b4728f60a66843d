package io.keyward.ops.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The contents of a certificate's files at one moment; equal to another reading if no file has changed. Its
/// string form does not contain them.
///
/// @param certificate the file's bytes as ISO-8859-1, because it may be PEM or a key store
record CertificateFiles(HttpFiles paths, String certificate, Optional<String> key, Optional<String> password) {
    /// @throws HttpEndpointException naming the setting and the file that cannot be read
    static CertificateFiles read(HttpFiles paths) {
        return new CertificateFiles(
                paths,
                bytes(paths.certificate().orElseThrow()),
                paths.key().map(file -> HttpFiles.text(file, HttpFiles.KEY)),
                paths.password().map(file -> HttpFiles.text(file, HttpFiles.PASSWORD)));
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw HttpFiles.unreadable(file, HttpFiles.CERTIFICATE, failure);
        }
    }

    @Override
    public String toString() {
        return "CertificateFiles[hidden]";
    }
}
