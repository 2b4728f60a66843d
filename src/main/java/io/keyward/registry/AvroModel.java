package io.keyward.registry;

import java.util.List;
import org.apache.avro.Conversion;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;

/// How Avro's data become Java objects: instants for timestamps, as in generated classes.
final class AvroModel {
    private AvroModel() {}

    static GenericData generic() {
        return withConversions(new GenericData());
    }

    /// Records of generated classes where the class loader has them, generic ones elsewhere.
    static SpecificData specific(ClassLoader classes) {
        return withConversions(new SpecificData(classes));
    }

    private static <M extends GenericData> M withConversions(M model) {
        List<Conversion<?>> conversions = List.of(
                new TimeConversions.TimestampMillisConversion(), new TimeConversions.TimestampMicrosConversion());
        conversions.forEach(model::addLogicalTypeConversion);
        return model;
    }
}
