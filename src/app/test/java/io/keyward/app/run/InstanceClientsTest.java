package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// The transactional ids of an instance. `ShutdownIT` shows what they are for.
class InstanceClientsTest {
    private static final TopicPartition UNREAD = new TopicPartition("cmk.erasures", 0);
    private static final String GIVEN = "cmk-keyward-" + UUID.randomUUID() + "-12";

    @Test
    void eachThreadHasTheSameIdAfterEachStart() {
        InstanceClients clients = new InstanceClients("cmk-keyward", Optional.of("host-1"), UNREAD);
        assertThat(clients.named(Map.of("transactional.id", GIVEN, "linger.ms", 5)))
                .isEqualTo(Map.of("transactional.id", "cmk-keyward-host-1-12", "linger.ms", 5));
    }

    @Test
    void withoutANameOrATransactionNothingChanges() {
        Map<String, Object> settings = Map.of("transactional.id", GIVEN);
        assertThat(new InstanceClients("cmk-keyward", Optional.empty(), UNREAD).named(settings))
                .isEqualTo(settings);
        assertThat(new InstanceClients("cmk-keyward", Optional.of("host-1"), UNREAD).named(Map.of()))
                .isEmpty();
    }
}
