package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;

/// What processors need that a test drives itself.
final class TestPorts {
    private TestPorts() {}

    static Ports of(FlowObserver observer) {
        return of(new InMemorySchemaRegistry(), observer);
    }

    static Ports of(SchemaRegistry registry, FlowObserver observer) {
        ValueSerde values = ValueSerde.own(registry, SerializerSettings.DEFAULT);
        return new Ports(
                () -> new EventReader(values),
                () -> new PublicationWriter(values),
                observer,
                CommittedOffsets.NONE,
                new TaskProgress(),
                Tracing.NONE);
    }
}
