package io.keyward.avro.json;

import org.apache.avro.Schema;

/// Handles the only kind of union in Keyward's schemas: null or a value.
public final class Optionality {
    private Optionality() {}

    /// The schema of the value: for a union, the type that is not null; otherwise, the schema itself.
    public static Schema valueSchema(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        var values = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (values.size() != 1) {
            throw new IllegalArgumentException("No plain JSON for the Avro union " + schema);
        }
        return values.getFirst();
    }
}
