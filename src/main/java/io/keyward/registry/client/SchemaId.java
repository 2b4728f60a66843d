package io.keyward.registry.client;

import java.util.UUID;
import org.apache.avro.Schema;

/// How a record names the schema that wrote it.
public sealed interface SchemaId {
    Schema schemaIn(SchemaRegistry registry);

    /// The registry's number, as the wire format's prefix holds it.
    record Numeric(int value) implements SchemaId {
        @Override
        public Schema schemaIn(SchemaRegistry registry) {
            return registry.schemaOf(value);
        }

        @Override
        public String toString() {
            return "schema id " + value;
        }
    }

    /// The globally unique id that Confluent's serializers since version 8 can put into a header.
    record Guid(UUID value) implements SchemaId {
        @Override
        public Schema schemaIn(SchemaRegistry registry) {
            return registry.schemaOf(value);
        }

        @Override
        public String toString() {
            return "schema GUID " + value;
        }
    }
}
