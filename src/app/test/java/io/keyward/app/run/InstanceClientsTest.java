package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The transactional ids of an instance. `ShutdownIT` shows what they are for.
class InstanceClientsTest {
    private static final String GIVEN = "cmk-keyward-" + UUID.randomUUID() + "-12";

    @Test
    void eachThreadHasTheSameIdAfterEachStart() {
        InstanceClients clients = new InstanceClients("cmk-keyward", Optional.of("host-1"));
        assertThat(clients.named(Map.of("transactional.id", GIVEN, "linger.ms", 5)))
                .isEqualTo(Map.of("transactional.id", "cmk-keyward-host-1-12", "linger.ms", 5));
    }

    @Test
    void withoutANameOrATransactionNothingChanges() {
        Map<String, Object> settings = Map.of("transactional.id", GIVEN);
        assertThat(new InstanceClients("cmk-keyward", Optional.empty()).named(settings))
                .isEqualTo(settings);
        assertThat(new InstanceClients("cmk-keyward", Optional.of("host-1")).named(Map.of()))
                .isEmpty();
    }
}
