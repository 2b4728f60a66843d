package io.keyward.app.config;

import io.keyward.topology.LenientTimestamps;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.StopOnDefect;
import io.keyward.topology.store.BoundedRocksMemory;
import io.keyward.topology.store.RocksMemory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The properties of Kafka Streams: our defaults, the configuration over them, and what the product owns over
/// both.
///
/// Defaults have no client prefix, so that the configuration wins with or without one.
public final class StreamsProperties {
    /// Kafka Streams warns if this is not set. Its own constant is deprecated, because the next release always
    /// behaves like this.
    public static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    /// The transaction of a dead instance blocks read-committed readers up to this long; live transactions are
    /// shorter.
    private static final int TRANSACTION_LIMIT_MILLIS = 10_000;

    /// How long the group waits for a member that does not answer. Brokers accept no less by default.
    private static final int SESSION_LIMIT_MILLIS = 6_000;

    private static final int HEARTBEAT_MILLIS = 2_000;
    private static final int COMMIT_MILLIS = 100;
    private static final int POLL_MILLIS = 10;

    /// The fullest batch decides when the batches of all partitions of a broker are sent. A larger one makes all of
    /// them fewer.
    private static final int BATCH_BYTES = 512 * 1024;

    /// A batch for each of 128 partitions: three outputs and six changelogs in twelve partitions, and some to spare.
    private static final int BUFFER_BYTES = 128 * BATCH_BYTES;

    /// Longer than a transaction: nobody sees a record before its transaction is committed, and the commit sends
    /// what is waiting.
    private static final int LINGER_MILLIS = 10 * COMMIT_MILLIS;

    /// Kafka's default.
    private static final Duration DEFAULT_MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    /// Kafka's default for the largest request.
    public static final int DEFAULT_REQUEST_BYTES = 1024 * 1024;

    private StreamsProperties() {}

    /// The properties of one instance, checked by Kafka Streams.
    ///
    /// @param memory what its RocksDB stores share
    /// @param more further properties, which come last
    /// @throws ConfigurationException if Kafka Streams refuses them
    public static StreamsConfig checked(KeywardConfig config, RocksMemory memory, Map<String, Object> more) {
        Map<String, Object> properties = forInstance(config, memory);
        properties.putAll(more);
        try {
            return new StreamsConfig(properties);
        } catch (ConfigException | IllegalArgumentException refused) {
            throw new ConfigurationException(List.of("%s: Kafka Streams refuses these settings: %s"
                    .formatted(ClientSettingsGroup.STREAMS.key("*"), refused.getMessage())));
        }
    }

    public static Map<String, Object> forInstance(KeywardConfig config, RocksMemory memory) {
        Map<String, Object> properties = new HashMap<>(defaults(config));
        properties.putAll(config.kafka().values());
        properties.putAll(config.streams().values());
        properties.putAll(owned(config, memory));
        return properties;
    }

    /// The largest request, and so the largest record, of the producer; Kafka's default unless a number is
    /// configured.
    public static int maxRequestBytes(KeywardConfig config) {
        Map<String, String> properties = new HashMap<>(config.kafka().values());
        properties.putAll(config.streams().values());
        String plain = properties.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "");
        String told =
                properties.getOrDefault(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), plain);
        return told.strip().chars().allMatch(Character::isDigit) && !told.isBlank()
                ? Integer.parseInt(told.strip())
                : DEFAULT_REQUEST_BYTES;
    }

    /// How long a stream thread may take from one poll to the next before Kafka takes its partitions away.
    static Duration maxPollInterval(KeywardConfig config) {
        return ofMainConsumer(config, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                .map(millis -> Duration.ofMillis(Long.parseLong(millis.strip())))
                .orElse(DEFAULT_MAX_POLL_INTERVAL);
    }

    /// The configured value of a setting of the consumer that reads the inputs, with or without a prefix.
    public static Optional<String> ofMainConsumer(KeywardConfig config, String name) {
        Map<String, String> properties = new HashMap<>(config.kafka().values());
        properties.putAll(config.streams().values());
        return Stream.of(StreamsConfig.mainConsumerPrefix(name), StreamsConfig.consumerPrefix(name), name)
                .flatMap(key -> Stream.ofNullable(properties.get(key)))
                .findFirst();
    }

    /// Our defaults, which the configuration may change.
    static Map<String, Object> defaults(KeywardConfig config) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId() + "-" + hostName());
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        // A thread that waits for records neither commits nor goes on with a fan-out.
        defaults.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Stores on the heap have none.
        defaults.put(
                StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, config.state().store() == StateSettings.Store.ROCKSDB);
        defaults.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(RecordLimits.MIN_TOPIC_BYTES));
        int replication = config.topics().replication();
        defaults.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replication);
        if (replication >= TopicSettings.ENOUGH_REPLICAS) {
            defaults.put(
                    StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                    Integer.toString(TopicSettings.MIN_IN_SYNC_REPLICAS));
        }
        defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MILLIS);
        defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        defaults.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        defaults.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        if (isClassic(config)) {
            defaults.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_LIMIT_MILLIS);
            defaults.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        }
        return defaults;
    }

    private static Map<String, Object> owned(KeywardConfig config, RocksMemory memory) {
        Map<String, Object> owned = new HashMap<>(fixed());
        owned.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        owned.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.state().dir().orElseThrow().toString());
        owned.put(RocksMemory.SETTING, memory);
        return owned;
    }

    /// The settings that no configuration changes.
    static Map<String, Object> fixed() {
        Map<String, Object> owned = new HashMap<>();
        owned.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        owned.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        owned.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LenientTimestamps.class);
        owned.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnDefect.class);
        owned.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnDefect.class);
        owned.put(GLOBAL_HANDLER, true);
        owned.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnDefect.class);
        owned.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        return owned;
    }

    /// Whether the group is managed by the classic protocol. In the streams protocol the broker sets the limits of
    /// sessions, and clients refuse them.
    public static boolean isClassic(KeywardConfig config) {
        return config.streams()
                .values()
                .getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic")
                .toLowerCase(Locale.ROOT)
                .equals("classic");
    }

    /// The name of this machine: stable across restarts, so that metrics, quotas and logs keep one name.
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "local";
        }
    }
}
