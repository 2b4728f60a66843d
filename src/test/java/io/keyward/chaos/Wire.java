package io.keyward.chaos;

import io.keyward.avro.EventCodec;
import io.keyward.avro.GeneratedClasses;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Writes events as producers with a Confluent serializer do, under the ids that the registry gave their schemas.
///
/// There are two editions of every schema, which differ in a comment alone: readers who know the first one still have
/// to ask the registry for the second.
final class Wire {
    private static final int ID_AT = 1;

    private final TopicNames names;
    private final AvroSerializer serializer;
    private final Map<Topic, Integer> secondEdition = new EnumMap<>(Topic.class);

    private volatile boolean second;

    /// Registers both editions of every schema.
    Wire(Connection connection) {
        names = connection.names();
        SchemaRegistry registry = connection.registry();
        serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        for (Topic topic : Topic.inputs()) {
            Schema schema = GeneratedClasses.schema(topic.valueSchema().orElseThrow());
            serializer.prepare(names.name(topic), schema);
            String subject = SerializerSettings.DEFAULT.subject(names.name(topic), false, schema.getFullName());
            Schema edition = SerializerSettings.DEFAULT.shared(schema);
            secondEdition.put(topic, registry.register(subject, withProperty(edition, names.prefix())));
        }
    }

    /// From now on the second edition is written.
    void turnToSecondEdition() {
        second = true;
    }

    byte[] bytes(Event event) {
        return bytes(topicOf(event), EventCodec.write(event));
    }

    /// For what no event can hold.
    byte[] bytes(EventLine line) {
        return bytes(line.topic(), line.value().orElseThrow());
    }

    static Topic topicOf(Event event) {
        return Topic.of(event);
    }

    private byte[] bytes(Topic topic, IndexedRecord value) {
        byte[] bytes = serializer.serialize(names.name(topic), value);
        if (second) {
            ByteBuffer.wrap(bytes).putInt(ID_AT, secondEdition.get(topic));
        }
        return bytes;
    }

    private static Schema withProperty(Schema schema, String edition) {
        Schema copy = new Schema.Parser().parse(schema.toString());
        copy.addProp("edition", edition);
        return copy;
    }
}
