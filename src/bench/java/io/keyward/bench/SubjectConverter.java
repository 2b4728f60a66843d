package io.keyward.bench;

import io.keyward.bench.measure.Subject;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts a subject's name on the command line.
final class SubjectConverter implements ITypeConverter<Subject>, Iterable<String> {
    @Override
    public Subject convert(String label) {
        return Subject.parse(label)
                .orElseThrow(() -> new TypeConversionException(
                        "there is no subject '%s'; must be one of %s".formatted(label, String.join(", ", this))));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Subject.values()).map(Subject::label).iterator();
    }
}
