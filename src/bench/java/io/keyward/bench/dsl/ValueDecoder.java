package io.keyward.bench.dsl;

import io.keyward.avro.EventCodec;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.TopicSchemas;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Reads events from values alone, because steps of the DSL do not know the topic. Not thread-safe.
final class ValueDecoder {
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final ValueReader reader;

    ValueDecoder(ValueSerde serde) {
        reader = serde.reader(Topic.withSchema(Topic.Direction.IN).stream()
                .map(TopicSchemas::schema)
                .toList());
    }

    Event event(byte[] value) {
        return EventCodec.read(reader.decode("", NO_HEADERS, value).value());
    }
}
