package io.keyward.avro;

import java.util.Set;
import org.apache.avro.specific.SpecificData;
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

    private static SpecificData trusting() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
        return SpecificData.get();
    }
}
