package io.keyward.registry.client;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/// Finds numbers whose unit differs between the writer's and the reader's schema, such as microseconds and
/// milliseconds. Avro resolves numbers by type alone, so the values would be wrong by a factor without an
/// error.
public final class LogicalTypeCheck {
    private final Set<String> compared = new HashSet<>();

    private LogicalTypeCheck() {}

    /// Describes the first number whose unit differs; empty if there is none.
    public static Optional<String> difference(Schema writer, Schema reader) {
        return new LogicalTypeCheck().between(writer, reader, "").findFirst();
    }

    private Stream<String> between(Schema writer, Schema reader, String path) {
        List<Schema> written = branches(writer);
        List<Schema> read = branches(reader);
        return written.stream()
                .flatMap(one -> read.stream()
                        .filter(other -> other.getType() == one.getType())
                        .flatMap(other -> betweenBranches(one, other, path)));
    }

    private Stream<String> betweenBranches(Schema writer, Schema reader, String path) {
        return switch (reader.getType()) {
            case RECORD -> betweenRecords(writer, reader, path);
            case ARRAY -> between(writer.getElementType(), reader.getElementType(), path + "[]");
            case MAP -> between(writer.getValueType(), reader.getValueType(), path + "{}");
            case INT, LONG -> betweenNumbers(writer.getLogicalType(), reader.getLogicalType(), path);
            case ENUM, UNION, FIXED, STRING, BYTES, FLOAT, DOUBLE, BOOLEAN, NULL -> Stream.empty();
        };
    }

    private Stream<String> betweenRecords(Schema writer, Schema reader, String path) {
        if (!compared.add(writer.getFullName() + " " + reader.getFullName())) {
            return Stream.empty();
        }
        return reader.getFields().stream().flatMap(field -> {
            Schema.Field written = writer.getField(field.name());
            return written == null
                    ? Stream.empty()
                    : between(written.schema(), field.schema(), path + "/" + field.name());
        });
    }

    private static Stream<String> betweenNumbers(LogicalType writer, LogicalType reader, String path) {
        return writer == null || reader == null || writer.getName().equals(reader.getName())
                ? Stream.empty()
                : Stream.of(path + " is written as " + writer.getName() + " and read as " + reader.getName());
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }
}
