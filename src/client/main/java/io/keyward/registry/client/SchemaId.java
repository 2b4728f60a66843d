package io.keyward.registry.client;

import java.util.UUID;

/// The id of the writer's schema in a record.
public sealed interface SchemaId {
    /// The registry's number, from the wire format's prefix or from a header.
    record Numeric(int value) implements SchemaId {
        @Override
        public String toString() {
            return "schema id " + value;
        }
    }

    /// The globally unique id that Confluent's serializers since version 8 can write into a header. Earlier
    /// registries have no such ids.
    record Guid(UUID value) implements SchemaId {
        @Override
        public String toString() {
            return "schema GUID " + value;
        }
    }
}
