package io.keyward.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.subject.SubjectJob;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.ChildJvm.Program;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Java is started with for each variant of the product.
class LauncherTest {
    private static final String REVISION = "70a516576966c81b";
    private static final TrainedArchive ARCHIVE = new TrainedArchive(Path.of("keyward.aot"));

    @TempDir
    private Path target;

    private Launcher launcher;

    @BeforeEach
    void build() throws IOException {
        write("class-path-product", "kafka-clients.jar");
        write("against/" + REVISION + "/class-path", "kafka-clients-of-then.jar");
        launcher = new Launcher(new ClassPaths(target), target.resolve("run"), 512);
    }

    /// Java does not use an archive that was written with another class path or with other options.
    @Test
    void anArchiveIsWrittenAndUsedByTheSameProgram() {
        Program usual = program(ProductVariant.STANDARD);
        assertEquals(with(usual, "-XX:AOTCacheOutput=keyward.aot", "-Xlog:aot*=error"), program(ARCHIVE.training()));
        assertEquals(
                with(usual, "-XX:AOTCache=keyward.aot", "-XX:AOTMode=on", "-Xlog:aot*=error"),
                program(ARCHIVE.variant()));
    }

    @Test
    void anotherRevisionRunsWithItsOwnLibrariesAndTheUsualOptions() {
        Program usual = program(ProductVariant.STANDARD);
        assertEquals(
                new Program(
                        classPath("bench/against/" + REVISION + "/keyward.jar", "kafka-clients-of-then.jar"),
                        usual.options(),
                        usual.mainClass(),
                        usual.arguments()),
                program(ProductVariant.ofRevision(REVISION)));
        assertEquals(classPath("bench/product/keyward.jar", "kafka-clients.jar"), usual.classPath());
    }

    @Test
    void aCollectorAndAHeapReplaceTheUsualOnes() {
        ProductVariant variant = ProductVariant.parse("zgc: -XX:+UseZGC -Xmx1g -Xms1g");
        assertEquals(
                List.of("-XX:+UseZGC", "-Xmx1g", "-Xms1g"),
                program(variant).options().stream()
                        .filter(option -> option.endsWith("GC") || option.startsWith("-Xm"))
                        .toList());
    }

    /// A restart as a named member of the group is one of the same variant.
    @Test
    void oneMoreSettingChangesNothingElse() throws IOException {
        ProductVariant variant = new ProductVariant(
                "archive", Map.of("keyward.kafka.linger.ms", "5"), List.of("-XX:AOTMode=on"), Optional.of(REVISION));
        Program before = program(variant);
        Map<Object, Object> settings = settings(before);
        Program named = program(variant.with("keyward.streams.group.instance.id", "bench"));
        assertEquals(before, named);
        settings.put("keyward.streams.group.instance.id", "bench");
        assertEquals(settings, settings(named));
        assertEquals("5", settings.get("keyward.kafka.linger.ms"));
    }

    private static Program with(Program usual, String... more) {
        List<String> options = new ArrayList<>(usual.options());
        options.addAll(List.of(more));
        return new Program(usual.classPath(), options, usual.mainClass(), usual.arguments());
    }

    private Program program(ProductVariant variant) {
        SubjectJob job =
                new SubjectJob("127.0.0.1:1", "http://127.0.0.1:2", "group", new TopicNames("rates."), target, true);
        return launcher.program(new SubjectVariant(Subject.KEYWARD_ROCKSDB, variant), job);
    }

    /// The configuration that the program's last argument names.
    private static Properties settings(Program program) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(program.arguments().getLast()))) {
            settings.load(reader);
        }
        return settings;
    }

    private String classPath(String product, String library) {
        return String.join(
                File.pathSeparator,
                target.resolve(product).toString(),
                target.resolve("bench/classes.jar").toString(),
                library);
    }

    private void write(String name, String classPath) throws IOException {
        Path file = target.resolve("bench").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, classPath + "\n");
    }
}
