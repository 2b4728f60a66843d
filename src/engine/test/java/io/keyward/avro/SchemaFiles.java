package io.keyward.avro;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/// The committed schema files. Each is parsed alone, as by a tool that has only that file.
public final class SchemaFiles {

    private static final Path ROOT = Path.of("schemas");

    private SchemaFiles() {}

    static Stream<Path> in(String folder) {
        try (var files = Files.list(ROOT.resolve(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    public static Schema parse(String file) {
        return parse(ROOT.resolve(file));
    }

    /// The schema and every named type in it, each once.
    static SequencedSet<Schema> namedTypes(Schema schema) {
        return withNested(schema)
                .filter(type -> type.getType() == Schema.Type.RECORD || type.getType() == Schema.Type.ENUM)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Stream<Schema> withNested(Schema schema) {
        var nested = switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema);
            case UNION -> schema.getTypes().stream();
            case ARRAY -> Stream.of(schema.getElementType());
            default -> Set.<Schema>of().stream();
        };
        return Stream.concat(Stream.of(schema), nested.flatMap(SchemaFiles::withNested));
    }
}
