package io.keyward.intake.audit;

import io.keyward.domain.id.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// An Event Hub that holds the audit logs of one tenant's vaults. Printing it shows no secret.
///
/// @param topic the name of the Event Hub
/// @param consumerSettings of Kafka's consumer, such as where the namespace is and how to sign in
public record AuditSource(TenantId tenant, String topic, Map<String, Object> consumerSettings) {
    /// What the consumer always uses: offsets are only committed for records that Kafka has acknowledged.
    public static final Map<String, Object> FIXED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");

    private static final String NAME = "keyward-intake";
    private static final int RECORDS_PER_POLL = 100;
    private static final int RECONNECT_MILLIS = 10_000;

    public AuditSource {
        consumerSettings = Map.copyOf(consumerSettings);
    }

    /// All settings of the consumer: the given ones over the defaults, and the fixed ones over both.
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, NAME,
                CommonClientConfigs.CLIENT_ID_CONFIG, NAME + "-" + topic,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS));
        settings.putAll(consumerSettings);
        settings.putAll(FIXED);
        return settings;
    }

    @Override
    public String toString() {
        return "the Event Hub %s at %s (tenant %s)"
                .formatted(topic, consumerSettings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), tenant);
    }
}
