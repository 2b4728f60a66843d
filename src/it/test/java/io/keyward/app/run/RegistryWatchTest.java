package io.keyward.app.run;

import io.keyward.config.KeywardConfig;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.RegistryGate;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryWatchTest {
    /// It holds no schema: that it says so is an answer.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whatNobodyNeedsIsAskedForSoThatAnOutageIsKnownBeforeARecordWaits(RegistryGate.Failure failure) {
        RegistryHealth health = new RegistryHealth();
        try (EmbeddedSchemaRegistry registry =
                        EmbeddedSchemaRegistry.start(Optional.empty(), FreePorts.HOST, FreePorts.one());
                RegistryGate gate = new RegistryGate(registry.url());
                RegistryWatch _ = RegistryWatch.start(config(gate), health, Duration.ofMillis(10))) {
            gate.fail(failure);
            Patience.until("the outage is known", () -> health.problem().isPresent());
            gate.mend();
            Patience.until("its end is known", () -> health.problem().isEmpty());
        }
    }

    private static KeywardConfig config(RegistryGate gate) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.registry.url", gate.url(),
                "keyward.registry.http.read.timeout.ms", "500",
                "keyward.registry.retries.max.wait.ms", "100"));
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }
}
