package io.keyward.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// The settings of a consumer that leaves no trace on the cluster: it joins no group, commits nothing and creates
/// no topic.
public final class ReaderSettings {
    private ReaderSettings() {}

    /// The settings, to which more may be added.
    ///
    /// @param kafka those of the client
    /// @param isolation Kafka's `isolation.level`
    /// @param reset Kafka's `auto.offset.reset`
    public static Map<String, Object> of(Map<String, ?> kafka, String isolation, String reset) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
