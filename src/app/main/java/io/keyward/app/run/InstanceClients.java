package io.keyward.app.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaClientSupplier;

/// Makes the clients of Kafka Streams. Producers of an instance with a name have the same transactional ids at
/// each start. So when a killed instance is started again, Kafka aborts the transactions that it had open. Readers
/// of the outputs, and the instance itself when it restores its stores, would wait for their timeout otherwise.
///
/// Kafka Streams gives its producers the same ids only if a store is persistent.
///
/// @param name of the instance; without one, Kafka Streams' transactional ids are used
/// @param unread a partition that exists and that the group does not read, see [RecoveringProducer]
record InstanceClients(String applicationId, Optional<String> name, TopicPartition unread)
        implements KafkaClientSupplier {
    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new RecoveringProducer(named(config), unread);
    }

    /// The settings of a producer, with a transactional id that consists of the application's id, the name and the
    /// number of the stream thread. Kafka Streams' own has an id of the process in place of the name.
    Map<String, Object> named(Map<String, Object> config) {
        Map<String, Object> settings = new HashMap<>(config);
        name.ifPresent(given -> settings.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (_, id) -> {
            String thread = id.toString().substring(id.toString().lastIndexOf('-') + 1);
            return String.join("-", applicationId, given, thread);
        }));
        return settings;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return SelectiveConsumers.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }
}
