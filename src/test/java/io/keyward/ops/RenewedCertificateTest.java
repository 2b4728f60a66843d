package io.keyward.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that is renewed on disk is served without a restart. The files lie as the kubelet lays those of a
/// secret: links into `..data`, itself a link that is replaced.
class RenewedCertificateTest {
    @TempDir
    private static Path made;

    private static SelfSigned first;
    private static SelfSigned second;

    @TempDir
    private Path mount;

    @BeforeAll
    static void make() throws Exception {
        first = SelfSigned.in(made.resolve("first"), "dns:localhost,ip:127.0.0.1", 30);
        second = SelfSigned.in(made.resolve("second"), "dns:localhost,ip:127.0.0.1", 60);
    }

    @BeforeEach
    void mount() throws IOException {
        put(first.folder());
        for (Path file : List.of(first.certificate(), first.key(), first.store(), first.password())) {
            Files.createSymbolicLink(
                    mount.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
        }
    }

    @Test
    void theNextConnectionGetsTheNewCertificate() throws Exception {
        try (HttpEndpoint endpoint = HttpEndpoint.start("127.0.0.1", 0, pem(), List.of())) {
            assertThat(status(endpoint, first)).isEqualTo(200);
            put(second.folder());
            assertThat(status(endpoint, second)).isEqualTo(200);
            assertThatThrownBy(() -> status(endpoint, first)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aNewKeyStoreIsServedAsWell() throws Exception {
        HttpFiles files = new HttpFiles(
                Optional.of(mount.resolve("server.p12")),
                Optional.empty(),
                Optional.of(mount.resolve("server.password")),
                Optional.empty());
        try (HttpEndpoint endpoint = HttpEndpoint.start("127.0.0.1", 0, files, List.of())) {
            assertThat(status(endpoint, first)).isEqualTo(200);
            put(second.folder());
            assertThat(status(endpoint, second)).isEqualTo(200);
        }
    }

    private HttpFiles pem() {
        return new HttpFiles(
                Optional.of(mount.resolve("server.crt")),
                Optional.of(mount.resolve("server.key")),
                Optional.empty(),
                Optional.empty());
    }

    /// Lets the files be those of the folder, all at once.
    private void put(Path folder) throws IOException {
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), folder);
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// What a client that trusts this certificate alone is answered on a connection of its own.
    private static int status(HttpEndpoint endpoint, SelfSigned trusted) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusted()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(endpoint.uri() + "/"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
