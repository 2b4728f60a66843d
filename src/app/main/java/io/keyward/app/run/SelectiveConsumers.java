package io.keyward.app.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.internals.ConsumerWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Consumers of the inputs that fetch nothing of some partitions, although these are assigned to them: the records
/// wait, and the committed offsets stay. Kafka Streams has no such setting, and resumes each partition whose task has
/// been restored.
final class SelectiveConsumers {
    private static final Logger LOG = LoggerFactory.getLogger(SelectiveConsumers.class);

    private static final String SETTING = "keyward.left-out";

    private SelectiveConsumers() {}

    /// The properties of Kafka Streams that give its consumers of the inputs this.
    ///
    /// @param leftOut whether nothing of a partition is fetched; asked at each poll
    static Map<String, Object> settings(IntPredicate leftOut) {
        return Map.of(
                StreamsConfig.mainConsumerPrefix(SETTING),
                leftOut,
                // The client supplier is not asked for consumers of the streams protocol.
                StreamsConfig.mainConsumerPrefix(StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER),
                OfStreamsProtocol.class);
    }

    /// A consumer of the classic protocol, or one of other topics than the inputs.
    static Consumer<byte[], byte[]> create(Map<String, Object> config) {
        return config.containsKey(SETTING)
                ? new OfClassicProtocol(config)
                : new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static IntPredicate leftOut(Map<String, Object> config) {
        return (IntPredicate) config.get(SETTING);
    }

    private static List<TopicPartition> where(IntPredicate holds, Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> holds.test(partition.partition()))
                .toList();
    }

    private static final class OfClassicProtocol extends KafkaConsumer<byte[], byte[]> {
        private final IntPredicate leftOut;

        private OfClassicProtocol(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            leftOut = leftOut(config);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            pause(where(leftOut, assignment()));
            return super.poll(timeout);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            super.resume(where(leftOut.negate(), partitions));
        }
    }

    /// Kafka Streams creates it. The background thread of a consumer takes partitions away at any time. Kafka Streams
    /// 4.4 does not expect that between two calls: what it asks of a lost partition would end its thread.
    public static final class OfStreamsProtocol extends ConsumerWrapper {
        private IntPredicate leftOut = _ -> false;

        @Override
        public void wrapConsumer(
                AsyncKafkaConsumer<byte[], byte[]> consumer,
                Map<String, Object> config,
                Optional<StreamsRebalanceData> rebalanceData) {
            super.wrapConsumer(consumer, config, rebalanceData);
            leftOut = leftOut(config);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            pause(where(leftOut, assignment()));
            return super.poll(timeout);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            whereAssigned(super::pause, partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            whereAssigned(super::resume, where(leftOut.negate(), partitions));
        }

        @Override
        public void seekToBeginning(Collection<TopicPartition> partitions) {
            whereAssigned(super::seekToBeginning, partitions);
        }

        @Override
        public void seekToEnd(Collection<TopicPartition> partitions) {
            whereAssigned(super::seekToEnd, partitions);
        }

        private static void whereAssigned(
                java.util.function.Consumer<Collection<TopicPartition>> call, Collection<TopicPartition> partitions) {
            try {
                call.accept(partitions);
            } catch (IllegalStateException lost) {
                if (partitions.size() > 1) {
                    partitions.forEach(partition -> whereAssigned(call, List.of(partition)));
                } else {
                    LOG.debug("{} was lost meanwhile", partitions, lost);
                }
            }
        }
    }
}
