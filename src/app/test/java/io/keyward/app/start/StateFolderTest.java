package io.keyward.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cluster.SetupFinding;
import io.keyward.testing.SmallFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found on the disk of a state folder.
class StateFolderTest {
    @Test
    void aFolderThatIsFullOrReadOnlyIsNamedUntilItIsNotAndNothingIsLeftInIt(@TempDir Path parent) throws IOException {
        Path folder = parent.resolve("state");
        try (SmallFileSystem disk = SmallFileSystem.mount(folder)) {
            assertThat(findings(folder)).isEmpty();
            disk.fill();
            assertThat(findings(folder)).singleElement().asString().contains(folder + " ");
            disk.free();
            assertThat(findings(folder)).isEmpty();
            assertThat(folder.toFile().list()).isEmpty();
            disk.makeReadOnly();
            assertThat(findings(folder)).singleElement().asString().contains(folder + " ", "tmpfs", "Read-only");
        }
    }

    private static List<String> findings(Path folder) {
        return new StateFolder(folder, "keyward")
                .findings(false).stream().map(SetupFinding::sentence).toList();
    }
}
