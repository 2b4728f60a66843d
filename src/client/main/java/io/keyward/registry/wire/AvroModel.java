package io.keyward.registry.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/// Avro's data models for Java objects. Timestamps are instants, as in generated classes.
public final class AvroModel {
    private AvroModel() {}

    public static GenericData generic() {
        return withConversions(new GenericData());
    }

    /// Creates instances of generated classes if the class loader has them, and generic records otherwise.
    public static SpecificData specific(ClassLoader classes) {
        return withConversions(new ReaderClasses(classes));
    }

    private static <M extends GenericData> M withConversions(M model) {
        List<Conversion<?>> conversions = List.of(
                new TimeConversions.TimestampMillisConversion(), new TimeConversions.TimestampMicrosConversion());
        conversions.forEach(model::addLogicalTypeConversion);
        return model;
    }

    /// Finds classes by the names in schemas, without Avro's process-wide list of trusted classes. This is
    /// safe: the names come from readers' schemas, which are the product's own, and only classes for Avro data
    /// are accepted.
    private static final class ReaderClasses extends SpecificData {
        private final Map<String, Optional<Class<?>>> byName = new ConcurrentHashMap<>();

        ReaderClasses(ClassLoader classes) {
            super(classes);
        }

        @Override
        public Class<?> getClass(Schema schema) {
            return switch (schema.getType()) {
                case RECORD, ENUM, FIXED ->
                    byName.computeIfAbsent(schema.getFullName(), name -> loaded(schema))
                            .orElse(null);
                case ARRAY, MAP, UNION, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                    super.getClass(schema);
            };
        }

        private Optional<Class<?>> loaded(Schema schema) {
            try {
                Class<?> found = Class.forName(SpecificData.getClassName(schema), false, getClassLoader());
                return Optional.<Class<?>>of(found).filter(ReaderClasses::holdsAvro);
            } catch (ClassNotFoundException generic) {
                return Optional.empty();
            }
        }

        private static boolean holdsAvro(Class<?> type) {
            return IndexedRecord.class.isAssignableFrom(type)
                    || GenericEnumSymbol.class.isAssignableFrom(type)
                    || GenericFixed.class.isAssignableFrom(type);
        }
    }
}
