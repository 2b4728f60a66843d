package io.keyward.registry;

import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.Collection;
import org.apache.avro.Schema;

/// Creates readers and writers of values. Closing it ends every wait for the registry.
public interface ValueSerde extends AutoCloseable {
    /// Creates a reader of values with these record schemas. It returns instances of their generated classes.
    ValueReader reader(Collection<Schema> expected);

    ValueWriter writer();

    @Override
    void close();

    static ValueSerde own(SchemaRegistry registry, SerializerSettings settings) {
        return new ValueSerde() {
            @Override
            public ValueReader reader(Collection<Schema> expected) {
                return AvroDeserializer.specific(registry, expected, ValueSerde.class.getClassLoader());
            }

            @Override
            public ValueWriter writer() {
                return new AvroSerializer(registry, settings);
            }

            @Override
            public void close() {
                registry.close();
            }
        };
    }
}
