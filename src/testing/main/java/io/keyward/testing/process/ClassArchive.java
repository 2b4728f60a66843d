package io.keyward.testing.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The classes that child processes load, as Java keeps them: such a process needs a quarter less processor time.
///
/// The first process that needs the archive makes it, once for each build. Java archives no classes of folders, so the
/// tests must be in a jar, as Maven makes it before the integration tests; elsewhere there is no archive.
final class ClassArchive {
    private static final String CLASSES = "test-classes";
    private static final String TESTS = "keyward-it-tests.jar";
    private static final String PRODUCT = "keyward.jar";

    private static final ClassArchive HERE =
            new ClassArchive(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    private final String classPath;
    private final Path product;
    private final Path archive;

    private ClassArchive(String here) {
        product = entry(here, PRODUCT).orElse(Path.of(PRODUCT));
        Path classes = entry(here, CLASSES).orElse(Path.of(CLASSES));
        Path tests = classes.resolveSibling(TESTS);
        archive = classes.resolveSibling("children.jsa");
        boolean inJars = here.contains(product.toString()) && Files.exists(tests);
        classPath = inJars ? here.replace(classes.toString(), tests.toString()) : here;
    }

    private static Optional<Path> entry(String classPath, String end) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(File.separator + end))
                .map(Path::of)
                .findFirst();
    }

    /// The class path of child processes: that of this one, with the tests in their jar.
    static String classPath() {
        return HERE.classPath;
    }

    /// The options for a process with that class path.
    ///
    /// @param options what its JVM gets besides
    static List<String> options(List<String> options) {
        return HERE.isMade(options) ? List.of("-XX:SharedArchiveFile=" + HERE.archive, "-Xlog:disable") : List.of();
    }

    private synchronized boolean isMade(List<String> options) {
        if (classPath.contains(CLASSES)) {
            return false;
        }
        try {
            return isCurrent() || make(options);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean isCurrent() throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(product)) > 0;
    }

    /// Nobody waits while another process makes it.
    private boolean make(List<String> options) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        archive.resolveSibling("children.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            Path made = archive.resolveSibling("children.new");
            ProcessBuilder sandbox = new ChildJvm.Program(
                            classPath,
                            plus(options, "-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable"),
                            "io.keyward.cli.Main",
                            List.of("sandbox", "--exit-after-sample", "--port-base", "" + FreePorts.sevenInARow()))
                    .command();
            Path log = archive.resolveSibling("children.log");
            int code = ChildJvm.start("the archive of classes", sandbox, log).exitCode();
            if (code != 0 || !Files.exists(made)) {
                throw new AssertionError("The archive of classes cannot be made; see " + log);
            }
            Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private static List<String> plus(List<String> options, String... more) {
        return Stream.concat(options.stream(), Arrays.stream(more)).toList();
    }
}
