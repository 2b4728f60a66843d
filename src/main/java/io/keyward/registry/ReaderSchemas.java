package io.keyward.registry;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/// Chooses the schema that data of a writer's schema are read with.
@FunctionalInterface
public interface ReaderSchemas {
    /// The schema to resolve to; empty if data of this writer are not expected at all.
    Optional<Schema> readerOf(Schema writer);

    /// Reads every record with the schema that it was written with.
    static ReaderSchemas asWritten() {
        return Optional::of;
    }

    /// Exactly these record schemas, known by their full names.
    static ReaderSchemas of(Collection<Schema> expected) {
        Map<String, Schema> byName =
                expected.stream().collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));
        return writer -> Optional.ofNullable(byName.get(writer.getFullName()));
    }
}
