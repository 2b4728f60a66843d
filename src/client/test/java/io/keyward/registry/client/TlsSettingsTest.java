package io.keyward.registry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSettingsTest {
    @TempDir
    private Path folder;

    private HttpsServer server;

    @BeforeEach
    void serveWithACertificateOfItsOwn() throws IOException, InterruptedException {
        Path store = make("server.p12");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context("keystore", store)));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] reply = "{\"schema\":\"\\\"string\\\"\"}".getBytes(UTF_8);
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
            }
        });
        server.start();
    }

    /// A store with a certificate of its own.
    private Path make(String name) throws IOException, InterruptedException {
        Path store = folder.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static SSLContext context(String kind, Path store) {
        return new TlsSettings(settings("ssl.", kind, store)).context().orElseThrow();
    }

    private static Map<String, String> settings(String prefix, String kind, Path store) {
        return Map.of(
                prefix + kind + ".location",
                store.toString(),
                prefix + kind + ".type",
                "PKCS12",
                prefix + kind + ".password",
                "changeit");
    }

    private HttpSchemaRegistry client(Map<String, String> tls) {
        Map<String, Object> settings = new HashMap<>(tls);
        settings.put("max.retries", 0);
        settings.put(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort());
        return new HttpSchemaRegistry(RegistrySettings.of(settings), new RegistryHealth());
    }

    @Test
    void aCertificateInTheTrustStoreIsTrusted() {
        try (HttpSchemaRegistry registry =
                client(settings("schema.registry.ssl.", "truststore", folder.resolve("server.p12")))) {
            assertThat(registry.schemaOf(1)).isEqualTo(Schema.create(Schema.Type.STRING));
        }
    }

    @Test
    void aTrustStoreThatIsReplacedIsReadAfterTheNextFailure() throws Exception {
        Path known = make("known.p12");
        Map<String, String> settings = new HashMap<>(settings("schema.registry.ssl.", "truststore", known));
        settings.put("max.retries", "0");
        settings.put(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort());
        RegistrySettings read = RegistrySettings.of(settings);
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(
                read.renewedBy(() -> RegistrySettings.of(settings).connection()), new RegistryHealth())) {
            assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(RegistryUnavailableException.class);
            Files.copy(folder.resolve("server.p12"), known, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(RegistryUnavailableException.class);
            assertThat(registry.schemaOf(1)).isEqualTo(Schema.create(Schema.Type.STRING));
        }
    }

    @Test
    void anUnknownCertificateIsAnOutageNotARefusal() {
        try (HttpSchemaRegistry registry = client(Map.of())) {
            assertThatThrownBy(() -> registry.schemaOf(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }
}
