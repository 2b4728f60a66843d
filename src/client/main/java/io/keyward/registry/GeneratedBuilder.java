package io.keyward.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBuilderBase;

/// What the builders of all generated classes have in common. A field that is not set gets its default.
public abstract class GeneratedBuilder<R extends GeneratedRecord> extends SpecificRecordBuilderBase<R> {
    private final Object[] values;

    /// @param other what the fields are copied from, as far as it has them; null for none
    @SuppressWarnings("this-escape") // it calls Avro's methods only, which no builder overrides
    protected GeneratedBuilder(Schema schema, R other) {
        super(schema, GeneratedRecord.MODEL);
        values = new Object[fields().length];
        for (int position = 0; other != null && position < values.length; position++) {
            values[position] = other.get(position);
            fieldSetFlags()[position] = isValidValue(fields()[position], values[position]);
        }
    }

    /// A record without any value.
    protected abstract R empty();

    /// Cuts times to milliseconds, which is what schemas hold.
    ///
    /// @throws org.apache.avro.AvroRuntimeException if the value is null and the field is not optional
    protected final void set(int position, Object value) {
        validate(fields()[position], value);
        values[position] = GeneratedRecord.cut(value);
        fieldSetFlags()[position] = true;
    }

    /// A record that later calls do not change.
    ///
    /// @throws org.apache.avro.AvroRuntimeException if a field without a default is not set
    @Override
    public final R build() {
        R built = empty();
        for (Schema.Field field : fields()) {
            built.put(field.pos(), fieldSetFlags()[field.pos()] ? values[field.pos()] : valueOfNone(field));
        }
        return built;
    }

    private Object valueOfNone(Schema.Field field) {
        try {
            return defaultValue(field);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // there is no input but memory
        }
    }
}
