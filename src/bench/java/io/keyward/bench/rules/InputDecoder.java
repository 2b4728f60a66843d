package io.keyward.bench.rules;

import io.keyward.avro.EventReader;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.Bounds;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;

/// Reads events as the product does. Not thread-safe.
public final class InputDecoder {
    private final EventReader reader;
    private final Map<String, String> schemas;

    public InputDecoder(TopicNames names, ValueSerde serde) {
        reader = new EventReader(serde);
        schemas = Topic.inputs().stream()
                .collect(Collectors.toMap(
                        names::name, topic -> topic.valueSchema().orElseThrow()));
    }

    public Event read(String topic, byte[] value, Headers headers) {
        return reader.read(topic, value, headers, schemas.get(topic), Bounds.DEFAULT.minTime());
    }
}
