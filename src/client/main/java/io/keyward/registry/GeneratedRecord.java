package io.keyward.registry;

import io.keyward.registry.wire.AvroModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Conversion;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/// What the generated classes of all records have in common, so that each of them is small. Their only logical
/// type is `timestamp-millis`.
public abstract class GeneratedRecord extends SpecificRecordBase {
    /// Avro's model of every generated class. Each names it in a field that Avro finds by its name, `MODEL$`.
    /// It finds the others without Avro's list of trusted classes, because builders need that for defaults.
    protected static final SpecificData MODEL = AvroModel.specific(GeneratedRecord.class.getClassLoader());

    private static final Conversion<?> TIME = new TimestampMillisConversion();

    private final Object[] values;

    /// A record without any value.
    protected GeneratedRecord(int fields) {
        values = new Object[fields];
    }

    /// Cuts times to milliseconds, as [GeneratedBuilder] does.
    protected GeneratedRecord(Object[] values) {
        this.values = values;
        for (int field = 0; field < values.length; field++) {
            values[field] = cut(values[field]);
        }
    }

    static Object cut(Object value) {
        return value instanceof Instant time ? time.truncatedTo(ChronoUnit.MILLIS) : value;
    }

    /// The value as what its getter returns.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // readers and builders set no other types
    protected final <T> T value(int field) {
        return (T) values[field];
    }

    @Override
    public final Object get(int field) {
        return values[field];
    }

    @Override
    public final void put(int field, Object value) {
        values[field] = value instanceof CharSequence ? value.toString() : value;
    }

    @Override
    public final SpecificData getSpecificData() {
        return MODEL;
    }

    @Override
    public final Conversion<?> getConversion(int field) {
        return getSchema().getFields().get(field).schema().getLogicalType() == null ? null : TIME;
    }
}
