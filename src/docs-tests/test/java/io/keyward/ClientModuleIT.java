package io.keyward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Services that run on Java 17 can embed the client. Which libraries it brings along, its pom holds.
class ClientModuleIT {
    private static final Path TARGET = Path.of("src/client/target");
    private static final int JAVA_17 = 61;
    private static final long JAR_BYTES = 310_000;

    @Test
    void everyClassIsForJava17() throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(TARGET.resolve("classes"))) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }

        assertThat(classes)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(version(file)).isEqualTo(JAVA_17));
    }

    @Test
    void theJarIsSmall() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            assertThat(files.filter(
                            file -> file.getFileName().toString().matches("keyward-client-[0-9.]+(-SNAPSHOT)?\\.jar")))
                    .singleElement()
                    .satisfies(jar -> assertThat(Files.size(jar)).isLessThanOrEqualTo(JAR_BYTES));
        }
    }

    /// The number of the class file format, after the four bytes that all classes begin with, and the minor version.
    private static int version(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(Integer.BYTES + Short.BYTES);
            return in.readUnsignedShort();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
