package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares the current schemas with all their released copies.
class ReleasedSchemasTest {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Path RELEASED = SCHEMAS.resolve("released");
    private static final String HELP = """

            %s breaks what %s promised: data written with one must be readable with the other, in both directions.
            Keep what was released and add beside it; schemas/README.md, "Evolution", says which changes are allowed.
            The copies of a release that is out never change. Only while version %s is still a SNAPSHOT may its copy be
            replaced: cp -r schemas/event schemas/decision schemas/released/%s/
            """;

    static Stream<Path> copies() {
        try (var files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("copies")
    void everySchemaGetsAlongWithItsReleasedCopies(Path copy) {
        var version = RELEASED.relativize(copy).getName(0).toString();
        var file = current(copy, version);

        assertThat(file).as(HELP, file, copy, version, version).exists();
        assertThat(Evolution.brokenPromises(SchemaFiles.parse(file), SchemaFiles.parse(copy)))
                .as(HELP, file, copy, version, version)
                .isEmpty();
    }

    @Test
    void thisVersionHasItsCopiesIfItIsARelease() throws Exception {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        var version = pom.getElementsByTagName("version").item(0).getTextContent();

        assertThat(copiesMissing(version))
                .as(
                        "a release keeps a copy of its schemas: mkdir -p %1$s && cp -r schemas/event schemas/decision %1$s/",
                        RELEASED.resolve(version))
                .isEmpty();
    }

    @Test
    void onlyAReleaseNeedsCopies() {
        assertThat(copiesMissing("99.0.0-SNAPSHOT")).isEmpty();
        assertThat(copiesMissing("99.0.0"))
                .hasSize(18)
                .contains(Path.of("schemas/released/99.0.0/event/KeyRotated.avsc"));
    }

    private static List<Path> copiesMissing(String version) {
        return version.endsWith("-SNAPSHOT")
                ? List.of()
                : SchemaRulesTest.published()
                        .map(file -> RELEASED.resolve(version).resolve(SCHEMAS.relativize(file)))
                        .filter(copy -> !isCopy(copy, version))
                        .toList();
    }

    private static boolean isCopy(Path copy, String version) {
        try {
            return Files.exists(copy) && Files.mismatch(copy, current(copy, version)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path current(Path copy, String version) {
        return SCHEMAS.resolve(RELEASED.resolve(version).relativize(copy));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"name":"a","type":"string"}, |                                        | READER_FIELD_MISSING_DEFAULT_VALUE
                    "name":"a"                    | "name":"b"                             | READER_FIELD_MISSING_DEFAULT_VALUE
                    "a","type":"string"           | "a","type":"int"                       | TYPE_MISMATCH
                    "name":"R"                    | "name":"S"                             | NAME_MISMATCH
                    "default":1                   | "default":2                            | the default is 2, and was 1
                    timestamp-millis              | timestamp-micros                       | the unit is timestamp-micros, and was timestamp-millis
                    "X",                          |                                        | the symbol X is gone
                    """)
    void aBrokenPromiseIsNoticed(String part, String changed, String broken) {
        assertThat(Evolution.brokenPromises(schema(part, changed == null ? "" : changed), schema("", "")))
                .anySatisfy(sentence -> assertThat(sentence).contains(broken));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"name":"a" | {"name":"more","type":["null","string"],"default":null},{"name":"a"
                    {"name":"n" | {"doc":"A number.","name":"n"
                    "X",        | "X","Y",
                    """)
    void whatTheReadmeAllowsIsAllowed(String part, String changed) {
        assertThat(Evolution.brokenPromises(schema(part, changed), schema("", "")))
                .isEmpty();
    }

    private static Schema schema(String part, String changed) {
        return new Schema.Parser()
                .parse(String.join(
                                "",
                                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[",
                                "{\"name\":\"a\",\"type\":\"string\"},",
                                "{\"name\":\"n\",\"type\":\"int\",\"default\":1},",
                                "{\"name\":\"t\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],",
                                "\"default\":null},",
                                "{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"UNKNOWN\"],",
                                "\"default\":\"UNKNOWN\"}}]}")
                        .replace(part, changed));
    }
}
