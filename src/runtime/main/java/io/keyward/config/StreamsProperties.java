package io.keyward.config;

import io.keyward.client.Topic;
import io.keyward.topology.BrokerTime;
import io.keyward.topology.LenientTimestamps;
import io.keyward.topology.PolledOffsets;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.StopOnDefect;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.store.BoundedRocksMemory;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreKind;
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

/// The properties of Kafka Streams: Keyward's defaults, then the configuration, then what Keyward fixes.
///
/// Defaults have no client prefix, so that the configuration overrides them with or without one.
public final class StreamsProperties {
    /// Kafka Streams warns if this is not set. Its own constant is deprecated, because the next release always
    /// behaves like this.
    public static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

    /// The transaction of a dead instance blocks `read_committed` consumers up to this long. Live transactions are
    /// shorter.
    private static final int TRANSACTION_LIMIT_MILLIS = 10_000;

    /// How long the group waits for a member that does not answer. By default, brokers accept no shorter time.
    private static final int SESSION_LIMIT_MILLIS = 6_000;

    private static final int HEARTBEAT_MILLIS = 2_000;
    private static final int COMMIT_MILLIS = 100;
    private static final int POLL_MILLIS = 10;

    /// The fullest batch decides when the batches of all partitions of a broker are sent, so a larger batch size
    /// reduces their number.
    private static final int BATCH_BYTES = 512 * 1024;

    /// One batch for each of 128 partitions: three outputs and six changelogs in twelve partitions each, with some
    /// reserve.
    private static final int BUFFER_BYTES = 128 * BATCH_BYTES;

    /// Longer than a transaction: a record is visible only once its transaction is committed, and the commit sends
    /// waiting records.
    private static final int LINGER_MILLIS = 10 * COMMIT_MILLIS;

    /// Kafka's default.
    private static final Duration DEFAULT_MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    /// Kafka's default for the largest request, in bytes.
    public static final int DEFAULT_REQUEST_BYTES = 1024 * 1024;

    private StreamsProperties() {}

    /// The properties of one instance, validated by Kafka Streams.
    ///
    /// @param memory shared by its RocksDB stores
    /// @param more further properties, which override the others
    /// @throws ConfigurationException if Kafka Streams rejects them
    public static StreamsConfig checked(KeywardConfig config, RocksMemory memory, Map<String, Object> more) {
        Map<String, Object> properties = forInstance(config, memory);
        properties.putAll(more);
        try {
            return new StreamsConfig(properties);
        } catch (ConfigException | IllegalArgumentException refused) {
            throw new ConfigurationException(List.of(sentence(refused)));
        }
    }

    /// The properties with which input consumers record how far they have polled, and producers the time at which
    /// brokers appended a progress record. Configured interceptors are kept.
    public static Map<String, Object> noting(TaskProgress progress, KeywardConfig config) {
        String interceptors = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG; // of producers, too
        return Map.of(
                StreamsConfig.mainConsumerPrefix(PolledOffsets.SETTING),
                progress.polled(),
                StreamsConfig.mainConsumerPrefix(interceptors),
                beside(ofMainConsumer(config, interceptors), PolledOffsets.Interceptor.class),
                StreamsConfig.producerPrefix(BrokerTime.SETTING),
                progress.time(),
                StreamsConfig.producerPrefix(BrokerTime.TOPIC_SETTING),
                config.topics().names().name(Topic.PROGRESS),
                StreamsConfig.producerPrefix(interceptors),
                beside(
                        given(config, StreamsConfig.producerPrefix(interceptors), interceptors),
                        BrokerTime.Interceptor.class));
    }

    private static String beside(Optional<String> configured, Class<?> own) {
        return configured
                .filter(others -> !others.isBlank())
                .map(others -> own.getName() + "," + others)
                .orElse(own.getName());
    }

    /// Why Kafka Streams would reject the properties of any instance.
    static Optional<String> refusal(KeywardConfig config) {
        try {
            StreamsConfig streams = new StreamsConfig(configured(config));
            long commit = streams.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
            String limit = streams.getProducerConfigs("")
                    .get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)
                    .toString();
            // Kafka Streams checks only the setting with a prefix.
            return Long.parseLong(limit.strip()) >= commit
                    ? Optional.empty()
                    : Optional.of(
                            "%s = %s: the brokers would abort each transaction before its commit; it must be the commit interval (%s = %d) or more."
                                    .formatted(
                                            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                            limit,
                                            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                                            commit));
        } catch (ConfigException | IllegalArgumentException refused) {
            return Optional.of(sentence(refused));
        }
    }

    private static String sentence(RuntimeException refused) {
        return "%s: Kafka Streams refuses these settings: %s"
                .formatted(ClientSettingsGroup.STREAMS.key("*"), refused.getMessage());
    }

    public static Map<String, Object> forInstance(KeywardConfig config, RocksMemory memory) {
        Map<String, Object> properties = configured(config);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, config.value(StateSettings.DIR).toString());
        properties.put(RocksMemory.SETTING, memory);
        return properties;
    }

    private static Map<String, Object> configured(KeywardConfig config) {
        Map<String, Object> properties = new HashMap<>(defaults(config));
        properties.putAll(config.kafka().values());
        properties.putAll(config.streams().values());
        properties.putAll(fixed());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        return properties;
    }

    /// The largest request of the producer, and thus the largest record, in bytes; Kafka's default unless a number
    /// is configured.
    public static int maxRequestBytes(KeywardConfig config) {
        String name = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
        return given(config, StreamsConfig.producerPrefix(name), name)
                .map(String::strip)
                .filter(text -> text.matches("\\d+"))
                .map(Integer::valueOf)
                .orElse(DEFAULT_REQUEST_BYTES);
    }

    /// How long a stream thread may go from one poll to the next before Kafka revokes its partitions.
    static Duration maxPollInterval(KeywardConfig config) {
        return ofMainConsumer(config, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)
                .map(millis -> Duration.ofMillis(Long.parseLong(millis.strip())))
                .orElse(DEFAULT_MAX_POLL_INTERVAL);
    }

    /// The configured value of a setting of the input consumer, with or without a prefix.
    public static Optional<String> ofMainConsumer(KeywardConfig config, String name) {
        return given(config, StreamsConfig.mainConsumerPrefix(name), StreamsConfig.consumerPrefix(name), name);
    }

    /// The configured value of the first of these names that has one.
    private static Optional<String> given(KeywardConfig config, String... names) {
        Map<String, String> properties = new HashMap<>(config.kafka().values());
        properties.putAll(config.streams().values());
        return Stream.of(names)
                .flatMap(name -> Stream.ofNullable(properties.get(name)))
                .findFirst();
    }

    /// The settings with which Kafka Streams creates a changelog; `replication.factor` is the number of replicas.
    public static Map<String, String> ofChangelogs(KeywardConfig config) {
        Map<String, Object> all = new HashMap<>(defaults(config));
        all.putAll(config.streams().values());
        Map<String, String> settings = new HashMap<>(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime"));
        all.forEach((name, value) -> {
            if (name.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                settings.put(name.substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        settings.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                all.get(StreamsConfig.REPLICATION_FACTOR_CONFIG).toString());
        return settings;
    }

    /// Keyward's defaults, which the configuration may override.
    static Map<String, Object> defaults(KeywardConfig config) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId() + "-" + hostName());
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        // A thread that waits for records neither commits nor continues a fan-out.
        defaults.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Heap stores are not transactional.
        defaults.put(
                StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG,
                config.value(StateSettings.STORE) == StoreKind.ROCKSDB);
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

    /// The settings that no configuration overrides.
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

    /// Whether the group uses the classic protocol. In the streams protocol the broker sets the session limits,
    /// and clients reject them.
    public static boolean isClassic(KeywardConfig config) {
        return config.streams()
                .values()
                .getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic")
                .toLowerCase(Locale.ROOT)
                .equals("classic");
    }

    /// The name of this machine. It is stable across restarts, so metrics, quotas and logs keep one name.
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "local";
        }
    }
}
