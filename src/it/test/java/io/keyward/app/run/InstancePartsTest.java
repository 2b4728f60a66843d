package io.keyward.app.run;

import static io.keyward.testing.Running.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.HttpEndpointException;
import io.keyward.testing.Cluster;
import io.keyward.testing.FailingReporter;
import io.keyward.topology.Bounds;
import io.keyward.topology.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An instance whose assembly fails leaves nothing open, whichever part fails. No broker is needed, because
/// clients connect when they are first used.
class InstancePartsTest {
    private static final int MORE_CLIENTS_THAN_THERE_ARE = 50;

    @TempDir
    private Path folder;

    private final Set<Thread> before = threads();

    @Test
    void whicheverClientFailsAllThatWasMadeBeforeIsClosed() {
        int failed = 0;
        while (failsAt(failed + 1)) {
            failed++;
            assertNothingIsLeft();
        }
        assertNothingIsLeft();
        assertThat(failed).as("clients that can fail").isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyward.http.port", "keyward.http.probe-port"})
    void aPortThatIsTakenClosesAllTheOthers(String setting) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            FailingReporter.failAt(MORE_CLIENTS_THAN_THERE_ARE);
            assertThatThrownBy(() -> assemble(Map.of(setting, Integer.toString(taken.getLocalPort()))))
                    .isInstanceOf(HttpEndpointException.class)
                    .hasMessageContaining(setting);
            assertNothingIsLeft();
        }
    }

    @Test
    void aVaultThatCannotBeReachedAsConfiguredClosesAllTheOthers() {
        FailingReporter.failAt(MORE_CLIENTS_THAN_THERE_ARE);
        assertThatThrownBy(() -> assemble(Map.of("keyward.vault.credential", "client-secret")))
                .isInstanceOf(ConfigurationException.class);
        assertNothingIsLeft();
    }

    /// Whether assembling fails with that client.
    private boolean failsAt(int client) {
        FailingReporter.failAt(client);
        try (InstanceParts _ = assemble(Map.of())) {
            return false;
        } catch (RuntimeException failure) {
            assertThat(failure).hasStackTraceContaining(FailingReporter.MESSAGE);
            return true;
        }
    }

    private void assertNothingIsLeft() {
        assertThat(FailingReporter.openClients()).isEmpty();
        within().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    /// Those that belong to an instance and its clients.
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-")
                        || thread.getName().contains("keyward"))
                .collect(Collectors.toSet());
    }

    private InstanceParts assemble(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "keyward.kafka.bootstrap.servers", "127.0.0.1:1",
                "keyward.kafka.metric.reporters", FailingReporter.class.getName(),
                "keyward.registry.url", "http://127.0.0.1:1",
                "keyward.application.id", FailingReporter.STREAMS,
                "keyward.state.dir", folder.toString(),
                "keyward.http.port", "0",
                "keyward.vault.watch", "true",
                "keyward.vault.credential", "emulated",
                "keyward.vault.emulator", "http://127.0.0.1:1"));
        settings.putAll(more);
        Properties properties = new Properties();
        properties.putAll(settings);
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of(), properties);
        RuleProfile profile = Instance.profile(config.rules());
        Bounds bounds = config.rules().bounds();
        RegistryAccess registry = RegistryAccess.open(config);
        try {
            return InstanceParts.assemble(
                    config, new Flow(config.topics().names(), 3, profile, bounds, Cluster.NOTHING_DUE), registry);
        } catch (RuntimeException failure) {
            registry.close();
            throw failure;
        }
    }
}
