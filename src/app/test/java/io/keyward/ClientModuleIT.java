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
    private static final Path CLASSES = Path.of("src/client/target/classes");
    private static final int JAVA_17 = 61;

    @Test
    void everyClassIsForJava17() throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(CLASSES)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }

        assertThat(classes)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(version(file)).isEqualTo(JAVA_17));
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
