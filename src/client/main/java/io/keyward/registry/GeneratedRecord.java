package io.keyward.registry;

import org.apache.avro.Conversion;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/// What the generated classes of all records have in common. Their only logical type is `timestamp-millis`.
public abstract class GeneratedRecord extends SpecificRecordBase {
    /// Avro's model of every generated class. Each names it in a field that Avro finds by its name, `MODEL$`.
    protected static final SpecificData MODEL = new SpecificData();

    private static final Conversion<?> TIME = new TimestampMillisConversion();

    static {
        MODEL.addLogicalTypeConversion(TIME);
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
