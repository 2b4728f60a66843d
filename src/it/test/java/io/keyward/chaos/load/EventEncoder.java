package io.keyward.chaos.load;

import io.keyward.avro.EventWriter;
import io.keyward.avro.GeneratedClasses;
import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topics;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Encodes events as producers with a Confluent serializer do, with the ids that the registry gave their schemas.
///
/// There are two editions of every schema, which differ only in a property: readers that know the first must ask
/// the registry for the second.
public final class EventEncoder {
    private static final int ID_AT = 1;

    private final TopicNames names;
    private final AvroSerializer serializer;
    private final Map<Topic, Integer> secondEdition = new EnumMap<>(Topic.class);

    private volatile boolean second;

    /// Registers both editions of every schema.
    public EventEncoder(ExperimentTopics topics) {
        names = topics.names();
        SchemaRegistry registry = topics.registry();
        serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        for (Topic topic : Topics.events()) {
            Schema schema = GeneratedClasses.schema(topic.valueSchema().orElseThrow());
            serializer.prepare(names.name(topic), schema);
            String subject = SerializerSettings.DEFAULT.subject(names.name(topic), false, schema.getFullName());
            Schema edition = SerializerSettings.DEFAULT.shared(schema);
            secondEdition.put(topic, registry.register(subject, withProperty(edition, names.prefix())));
        }
    }

    /// Writes the second edition from now on.
    public void useSecondEdition() {
        second = true;
    }

    /// A fact, at its tenant's partition.
    public Input fact(Event event) {
        return new Input(
                Topics.of(event),
                Optional.empty(),
                Optional.of(event.tenantId().value()),
                Optional.of(bytes(event)),
                new Input.States(event));
    }

    byte[] bytes(Event event) {
        return bytes(Topics.of(event), EventWriter.write(event, ""));
    }

    /// For values that no event can hold.
    byte[] bytes(EventLine line) {
        return bytes(line.topic(), line.value().orElseThrow());
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
