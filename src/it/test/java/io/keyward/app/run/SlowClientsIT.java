package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.SelfSigned;
import io.keyward.testing.SlowClients;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A health probe gets an answer whatever other clients do to the instance's ports.
@ExtendWith(ClusterExtension.class)
class SlowClientsIT {
    private static final int SLOW = 300;
    private static final int PROBES = 3;
    private static final Duration LONGER_THAN_ANY_PROBE_WAITS = Duration.ofSeconds(30);

    private static final SocketFactory PLAIN = SocketFactory.getDefault();

    private static Cluster cluster;
    private static SelfSigned certificate;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        certificate = SelfSigned.in(folder);
    }

    enum Slow {
        HALF_A_REQUEST("GET /metrics HTTP/1.1\r\nHost: a\r\nX-"),
        NOTHING(""),
        /// A record of TLS that announces a client's greeting of 512 bytes.
        HALF_A_HANDSHAKE("\u0016\u0003\u0001\u0002\u0000\u0001");

        private final String text;

        Slow(String text) {
            this.text = text;
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private final int probes = FreePorts.one();

    @Tag("full")
    @ParameterizedTest
    @EnumSource(Slow.class)
    void slowClientsOfTheEndpointKeepNoProbeWaiting(Slow slow) throws Exception {
        try (Instance instance =
                Instance.prepare(config("plain-" + slow + ".", Map.of()), false, Cluster.NOTHING_DUE)) {
            assertEveryProbeIsAnswered(PLAIN, instance.httpUri().getPort(), slow);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Slow.class, mode = EnumSource.Mode.EXCLUDE, names = "HALF_A_REQUEST")
    void slowClientsOfTheEndpointWithTlsKeepNoProbeWaiting(Slow slow) throws Exception {
        try (Instance instance = Instance.prepare(config("tls-" + slow + ".", tls()), false, Cluster.NOTHING_DUE)) {
            assertEveryProbeIsAnswered(PLAIN, instance.httpUri().getPort(), slow);
        }
    }

    @Test
    void clientsThatAreSlowOnceTlsIsEstablishedKeepNoProbeWaiting() throws Exception {
        try (Instance instance = Instance.prepare(config("within-tls.", tls()), false, Cluster.NOTHING_DUE)) {
            assertEveryProbeIsAnswered(
                    certificate.trusted().getSocketFactory(), instance.httpUri().getPort(), Slow.HALF_A_REQUEST);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(Slow.class)
    void slowClientsOfThePortForProbesKeepNoProbeWaiting(Slow slow) throws Exception {
        try (Instance _ = Instance.prepare(config("own-" + slow + ".", Map.of()), false, Cluster.NOTHING_DUE)) {
            assertEveryProbeIsAnswered(PLAIN, probes, slow);
        }
    }

    private void assertEveryProbeIsAnswered(SocketFactory sockets, int port, Slow slow) throws Exception {
        try (SlowClients others = new SlowClients(sockets, port, SLOW, slow.bytes())) {
            for (int probe = 0; probe < PROBES; probe++) {
                holdsMany(others);
                assertThat(probe()).isEqualTo(200);
            }
        }
    }

    /// The endpoint closes excess and idle connections, so the number of open ones varies.
    private static void holdsMany(SlowClients others) {
        await("connections that are held").until(() -> {
            others.insist();
            return others.held() > 100;
        });
    }

    /// As the kubelet does: each over a connection of its own.
    private int probe() throws IOException, InterruptedException {
        HttpRequest live = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probes + "/health/live"))
                .timeout(LONGER_THAN_ANY_PROBE_WAITS)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(live, BodyHandlers.ofString()).statusCode();
        }
    }

    private static Map<String, String> tls() {
        return Map.of(
                "keyward.http.tls.certificate.file", certificate.certificate().toString(),
                "keyward.http.tls.key.file", certificate.key().toString());
    }

    private KeywardConfig config(String prefix, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("keyward.http.probe-port", Integer.toString(probes));
        KeywardConfig config = cluster.config(prefix, all);
        cluster.withTopics(config);
        return config;
    }
}
