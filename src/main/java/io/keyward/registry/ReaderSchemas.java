package io.keyward.registry;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/// Chooses the reader's schema for a writer's schema.
@FunctionalInterface
public interface ReaderSchemas {
    /// The reader's schema; empty if data of this writer's schema are not expected.
    Optional<Schema> readerOf(Schema writer);

    /// Reads every record with the writer's schema.
    static ReaderSchemas asWritten() {
        return Optional::of;
    }

    /// Expects exactly these record schemas. They are matched by full name.
    static ReaderSchemas of(Collection<Schema> expected) {
        Map<String, Schema> byName =
                expected.stream().collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));
        return writer -> Optional.ofNullable(byName.get(writer.getFullName()));
    }
}
