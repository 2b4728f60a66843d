package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.json.Optionality;
import io.keyward.client.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks the schema files against the conventions in schemas/README.md.
class SchemaRulesTest {

    static Stream<Path> all() {
        return Stream.concat(published(), SchemaFiles.in("state"));
    }

    static Stream<Path> published() {
        return Stream.of("event", "decision").flatMap(SchemaFiles::in);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFileIsNamedAfterItsRecordAndItsFolderAfterTheNamespace(Path file) {
        var schema = SchemaFiles.parse(file);

        assertThat(schema.getFullName())
                .isEqualTo("io.keyward." + file.getParent().getFileName() + "."
                        + file.getFileName().toString().replace(".avsc", ""));
    }

    /// `.ci/interop` makes classes of the schemas in a project of its own, with each of these versions.
    @Test
    void theVersionsOfAvroThatTheReadmeNamesAreThoseThatAreTried() throws IOException {
        assertThat(versions(Path.of("schemas", "README.md")))
                .isNotEmpty()
                .isEqualTo(versions(Path.of(".ci", "interop")));
    }

    private static Set<String> versions(Path file) throws IOException {
        return Pattern.compile("\\b1\\.1\\d\\.\\d\\b")
                .matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTypeAndEveryFieldIsDocumented(Path file) {
        for (var type : SchemaFiles.namedTypes(SchemaFiles.parse(file))) {
            assertThat(type.getDoc()).as(type.getFullName()).endsWith(".");
            if (type.getType() == Schema.Type.RECORD) {
                assertThat(type.getFields())
                        .as(type.getFullName())
                        .allSatisfy(field ->
                                assertThat(field.doc()).as(field.name()).endsWith("."));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyEnumFallsBackToUnknown(Path file) {
        assertThat(SchemaFiles.namedTypes(SchemaFiles.parse(file)))
                .filteredOn(type -> type.getType() == Schema.Type.ENUM)
                .allSatisfy(type -> {
                    assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN");
                    assertThat(type.getEnumSymbols()).as(type.getName()).endsWith("UNKNOWN");
                });
    }

    @ParameterizedTest
    @MethodSource("published")
    void theOnlyUnionsAreOptionalFieldsWithDefaultNull(Path file) {
        assertThat(fields(file)).filteredOn(field -> field.schema().isUnion()).allSatisfy(field -> {
            assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
            assertThat(field.schema().getTypes().getFirst().getType())
                    .as(field.name())
                    .isEqualTo(Schema.Type.NULL);
            assertThat(field.defaultVal()).as(field.name()).isEqualTo(JsonProperties.NULL_VALUE);
        });
    }

    @ParameterizedTest
    @MethodSource("published")
    void timesAreMillisecondsAndNothingElseIsALongButRevisionsOffsetsAndCounts(Path file) {
        assertThat(fields(file))
                .filteredOn(field -> Optionality.valueSchema(field.schema()).getType() == Schema.Type.LONG)
                .allSatisfy(field -> {
                    var logicalType = Optionality.valueSchema(field.schema()).getLogicalType();
                    if (Set.of("revision", "offset", "count", "failedCount", "environments", "keys", "outputs")
                            .contains(field.name())) {
                        assertThat(logicalType).as(field.name()).isNull();
                    } else {
                        assertThat(logicalType).as(field.name()).isInstanceOf(LogicalTypes.TimestampMillis.class);
                        assertThat(field.name()).matches(".*(At|Since|From|To)|since|from|until");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void theTextIsFreeOfJava(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContain("java");
    }

    @TestFactory
    Stream<DynamicTest> theGeneratedClassIsOfTheCommittedFile() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> topic.valueSchema().stream())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var file = name.replace("io.keyward.", "").replace('.', '/') + ".avsc";
                    var generated = GeneratedClasses.schema(name);

                    assertThat(generated
                                    .toString()
                                    .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\""))
                            .isEqualTo(SchemaFiles.parse(file).toString());
                }));
    }

    @Test
    void aTypeThatSeveralFilesRepeatIsTheSameInEach() {
        Map<String, String> texts = new HashMap<>();
        published()
                .map(SchemaFiles::parse)
                .map(SchemaFiles::namedTypes)
                .forEach(types -> types.forEach(type -> {
                    var text = type.toString();
                    assertThat(texts.getOrDefault(type.getFullName(), text)).isEqualTo(text);
                    texts.put(type.getFullName(), text);
                }));
    }

    private static Stream<Schema.Field> fields(Path file) {
        return SchemaFiles.namedTypes(SchemaFiles.parse(file)).stream()
                .filter(type -> type.getType() == Schema.Type.RECORD)
                .flatMap(type -> type.getFields().stream());
    }
}
