package io.keyward.registry;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;

/// Combines Confluent's original serializer and deserializer in one serde, like Confluent's
/// `SpecificAvroSerde`, which is not on Maven Central. [GenuineClasses] must load it.
public final class GenuineSerde implements Serde<SpecificRecord> {
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

    @Override
    public void configure(Map<String, ?> settings, boolean key) {
        serializer.configure(settings, key);
        deserializer.configure(settings, key);
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        return new Serializer<>() {
            @Override
            public byte[] serialize(String topic, SpecificRecord value) {
                return serializer.serialize(topic, value);
            }
        };
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return new Deserializer<>() {
            @Override
            public SpecificRecord deserialize(String topic, byte[] value) {
                return (SpecificRecord) deserializer.deserialize(topic, value);
            }

            @Override
            public SpecificRecord deserialize(String topic, Headers headers, byte[] value) {
                return deserialize(topic, value);
            }
        };
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
