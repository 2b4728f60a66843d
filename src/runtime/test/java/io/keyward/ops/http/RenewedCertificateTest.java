package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.ops.metrics.Flows;
import io.keyward.ops.metrics.KeywardMetrics;
import io.keyward.ops.metrics.Scrape;
import io.keyward.testing.RecordingLogger;
import io.keyward.testing.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/// A certificate that is renewed on disk is used without a restart. The files are laid out as the kubelet
/// mounts a secret: links into `..data`, which is itself a link that is replaced.
class RenewedCertificateTest {
    @TempDir
    private static Path made;

    private static SelfSigned first;
    private static SelfSigned second;

    private Path mount;
    private final RecordingLogger log = new RecordingLogger();

    @BeforeAll
    static void make() throws Exception {
        first = SelfSigned.in(made.resolve("first"), "dns:localhost,ip:127.0.0.1", 30);
        second = SelfSigned.in(made.resolve("second"), "dns:localhost,ip:127.0.0.1", 60);
    }

    @BeforeEach
    void mount() throws IOException {
        mount = Files.createTempDirectory(made, "mount");
        put(first.folder());
        for (Path file : List.of(first.certificate(), first.key(), first.store(), first.password())) {
            Files.createSymbolicLink(
                    mount.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
        }
    }

    @Test
    void theNextConnectionGetsTheNewCertificate() throws Exception {
        try (HttpEndpoint endpoint = HttpEndpoint.start(LocalHttp.options(pem()), List.of())) {
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
        try (HttpEndpoint endpoint = HttpEndpoint.start(LocalHttp.options(files), List.of())) {
            assertThat(status(endpoint, first)).isEqualTo(200);
            put(second.folder());
            assertThat(status(endpoint, second)).isEqualTo(200);
        }
    }

    @Test
    void aBrokenPairLeavesTheOldOneAndIsLoggedOnce() throws Exception {
        RenewedCertificate renewed = new RenewedCertificate(pem(), HttpNames.PROCESSOR, log);
        Path broken = Files.createDirectories(made.resolve("broken"));
        Files.copy(second.certificate(), broken.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(first.key(), broken.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
        put(broken);
        assertThat(renewed.notAfter()).isEqualTo(end(first));
        assertThat(log.lines()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Level.ERROR);
            assertThat(line.message())
                    .contains(
                            "keyward.http.tls.certificate.file = " + mount.resolve("server.crt"), "does not belong to");
        });
        put(second.folder());
        assertThat(renewed.notAfter()).isEqualTo(end(second));
        assertThat(log.lines()).extracting(RecordingLogger.Line::level).containsExactly(Level.ERROR, Level.INFO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIB=x\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIJ\n"
            })
    void whateverIsNoCertificateLeavesTheOldOne(String content) throws Exception {
        RenewedCertificate renewed = new RenewedCertificate(pem(), HttpNames.PROCESSOR, log);
        Path broken = Files.createTempDirectory(made, "broken");
        Files.writeString(broken.resolve("server.crt"), content);
        Files.copy(second.key(), broken.resolve("server.key"));
        put(broken);
        assertThat(renewed.notAfter()).isEqualTo(end(first));
        assertThat(log.lines()).extracting(RecordingLogger.Line::level).containsExactly(Level.ERROR);
    }

    @Test
    void filesThatAreGoneLeaveTheOldOneAndAreLoggedOnceEachTimeTheyGo() throws Exception {
        RenewedCertificate renewed = new RenewedCertificate(pem(), HttpNames.PROCESSOR, log);
        for (int time = 1; time <= 2; time++) {
            put(made.resolve("nowhere"));
            assertThat(renewed.notAfter()).isEqualTo(end(first));
            assertThat(renewed.notAfter()).isEqualTo(end(first));
            put(first.folder());
            assertThat(renewed.notAfter()).isEqualTo(end(first));
            assertThat(log.lines()).hasSize(time).allSatisfy(line -> {
                assertThat(line.level()).isEqualTo(Level.ERROR);
                assertThat(line.message()).contains(mount.resolve("server.crt") + ": the file cannot be read");
            });
        }
    }

    /// A connection that began before the renewal gets certificate and key of one kind.
    @Test
    void aHandshakeUnderWayKeepsItsCertificate() throws Exception {
        RenewedCertificate renewed = new RenewedCertificate(pem(), HttpNames.PROCESSOR, log);
        SSLContext before = renewed.context();
        put(second.folder());
        assertThat(renewed.notAfter()).isEqualTo(end(second));
        assertThat(served(before, first)).isEqualTo(first.keyStore().getCertificate("server"));
        assertThat(served(renewed.context(), second))
                .isEqualTo(second.keyStore().getCertificate("server"));
    }

    /// The certificate that a client sees which trusts only this one.
    private static Certificate served(SSLContext context, SelfSigned trusted) throws Exception {
        try (ServerSocket server =
                        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
                SSLSocket client = (SSLSocket) trusted.trusted()
                        .getSocketFactory()
                        .createSocket(server.getInetAddress(), server.getLocalPort())) {
            var _ = thread.submit(() -> {
                try (Socket accepted = server.accept()) {
                    ((SSLSocket) accepted).startHandshake();
                    return null;
                }
            });
            return client.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedAtTheStart() {
        HttpFiles mixed = new HttpFiles(
                Optional.of(first.certificate()), Optional.of(second.key()), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> HttpEndpoint.start(LocalHttp.options(mixed), List.of()))
                .isInstanceOf(HttpEndpointException.class)
                .hasMessageContaining("the key does not belong to the certificate");
    }

    @Test
    void theMetricShowsWhenTheServedCertificateExpires() throws Exception {
        try (KeywardMetrics metrics =
                        new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), System::nanoTime);
                HttpEndpoint endpoint = HttpEndpoint.start(LocalHttp.options(pem()), List.of())) {
            metrics.watch(endpoint);
            assertThat(scraped(metrics)).isEqualTo(1.0 * end(first).getEpochSecond());
            put(second.folder());
            assertThat(scraped(metrics)).isEqualTo(1.0 * end(second).getEpochSecond());
        }
    }

    private static double scraped(KeywardMetrics metrics) {
        return Scrape.of(metrics).samples().get("keyward_certificate_not_after_seconds");
    }

    private static Instant end(SelfSigned certificate) throws Exception {
        return ((X509Certificate) certificate.keyStore().getCertificate("server"))
                .getNotAfter()
                .toInstant();
    }

    private HttpFiles pem() {
        return new HttpFiles(
                Optional.of(mount.resolve("server.crt")),
                Optional.of(mount.resolve("server.key")),
                Optional.empty(),
                Optional.empty());
    }

    /// Replaces all files at once with those of the folder.
    private void put(Path folder) throws IOException {
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), folder);
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// The status for a client that trusts only this certificate, on a new connection.
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
