package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// A file system of 256 MiB in memory, which can become full or read-only.
public record SmallFileSystem(Path folder) implements AutoCloseable {
    private static final int MEGABYTES = 256;

    /// Mounts it at a folder. Skips the test if this user cannot mount.
    public static SmallFileSystem mount(Path folder) throws IOException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString()),
                "a file system can be mounted by root only");
        return new SmallFileSystem(folder);
    }

    /// Lets nothing more be written.
    public void fill() {
        byte[] megabyte = new byte[1 << 20];
        assertThatThrownBy(() -> {
                    try (var file = Files.newOutputStream(ballast())) {
                        for (int n = 0; n <= MEGABYTES; n++) {
                            file.write(megabyte);
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    /// Makes room again.
    public void free() throws IOException {
        Files.delete(ballast());
    }

    /// No file may be open for writing.
    public void makeReadOnly() {
        if (!succeeds("mount", "-o", "remount,ro", folder.toString())) {
            throw new AssertionError(folder + " is in use");
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        var _ = succeeds("umount", "-l", folder.toString());
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
