package io.keyward.app;

import io.keyward.avro.EventLine;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.SchemaRegistry;
import io.keyward.registry.SerializerSettings;
import io.keyward.topology.Topic;
import io.keyward.topology.TopicNames;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes events to the input topics in the order of the story: each only when the one before is safely there, so that
/// the broker's times tell the order.
final class SampleProducer {
    private final TopicNames names;
    private final HashMap<String, Object> settings;
    private final SchemaRegistry registry;

    SampleProducer(KeywardConfig config, SchemaRegistry registry) {
        this.names = config.topics().names();
        this.settings = new HashMap<>(config.kafka().values());
        this.registry = registry;
    }

    /// @throws CommandFailedException if Kafka does not take an event
    void send(List<EventLine> events) {
        try (Producer<String, IndexedRecord> producer = new KafkaProducer<>(
                settings, new StringSerializer(), new AvroSerializer(registry, SerializerSettings.DEFAULT))) {
            for (EventLine event : events) {
                producer.send(record(event)).get();
            }
        } catch (ExecutionException failure) {
            throw new CommandFailedException(
                    "The sample cannot be sent: " + failure.getCause().getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("The sample was not sent: interrupted", interrupted);
        }
    }

    private ProducerRecord<String, IndexedRecord> record(EventLine event) {
        String topic = names.name(Topic.ofBaseName(event.topic()).orElseThrow());
        return new ProducerRecord<>(
                topic, event.key().orElse(null), event.value().orElse(null));
    }
}
