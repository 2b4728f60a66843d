package io.keyward.avro;

import io.keyward.domain.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/// Makes Avro trust the classes generated from the schemas. Avro does not instantiate untrusted classes by a
/// schema's name.
///
/// Avro keeps the list of trusted classes for the whole process. This class adds to it.
public final class GeneratedClasses {
    private static final Set<String> PACKAGES = Set.of("io.keyward.event", "io.keyward.decision", "io.keyward.state");
    private static final SpecificData DATA = trusting();

    private GeneratedClasses() {}

    /// The data model that creates and reads records of the generated classes.
    public static SpecificData data() {
        return DATA;
    }

    /// The class generated from the record schema with that full name; empty if there is none.
    public static Optional<Class<? extends SpecificRecord>> record(String fullName) {
        return generated(fullName).map(type -> type.asSubclass(SpecificRecord.class));
    }

    /// The schema of a record or an enum with that full name, from its generated class.
    public static Schema schema(String fullName) {
        return DATA.getSchema(generated(fullName)
                .orElseThrow(() -> new IllegalArgumentException("There is no generated class " + fullName)));
    }

    private static Optional<Class<?>> generated(String fullName) {
        try {
            return Optional.of(Class.forName(fullName));
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        }
    }

    /// The schemas of all events. An event's record has the same name as the event.
    static List<Schema> eventSchemas() {
        return Event.kinds().stream()
                .map(kind -> schema("io.keyward.event." + kind.getSimpleName()))
                .toList();
    }

    private static SpecificData trusting() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
        return SpecificData.get();
    }
}
