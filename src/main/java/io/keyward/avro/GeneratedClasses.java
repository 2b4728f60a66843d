package io.keyward.avro;

import io.keyward.domain.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/// Makes Avro trust the classes generated from the schemas: it instantiates no class by a schema's name otherwise.
///
/// The trust is Avro's own setting for the whole process, and added to what is trusted already.
public final class GeneratedClasses {

    private static final Set<String> PACKAGES = Set.of("io.keyward.event", "io.keyward.decision", "io.keyward.state");
    private static final SpecificData DATA = trusting();

    private GeneratedClasses() {}

    /// The data model with which records of the generated classes can be made and read.
    public static SpecificData data() {
        return DATA;
    }

    /// The record that is generated from the schema of that full name; empty if there is none.
    public static Optional<Class<? extends SpecificRecord>> record(String fullName) {
        try {
            return Optional.of(Class.forName(fullName).asSubclass(SpecificRecord.class));
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        }
    }

    /// The schema of that full name, as the generated class has it.
    public static Schema schema(String fullName) {
        return DATA.getSchema(record(fullName).orElseThrow());
    }

    /// The schemas of all events. The record of an event has the event's name.
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
