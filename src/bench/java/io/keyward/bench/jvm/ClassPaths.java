package io.keyward.bench.jvm;

import io.keyward.config.RunRequirements;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The class paths that `bin/bench` has built: the product's jar and libraries, the benchmark's classes and
/// libraries, and Flink's.
///
/// @param target the build's output folder
public record ClassPaths(Path target) {
    private static final String PRODUCT = "class-path-product";
    private static final String BENCH = "class-path-bench";

    /// The class paths of the build that `bin/bench` runs.
    public static ClassPaths ofBuild() {
        return new ClassPaths(Path.of(System.getProperty("keyward.bench.target")));
    }

    /// The folder for a run's files. It is in the build's folder, unless that is a temporary folder: the
    /// product refuses to keep state there.
    public Path scratch() {
        Path folder = target.toAbsolutePath().resolve("bench/run");
        return RunRequirements.isTemporary(folder)
                ? Path.of(System.getProperty("user.home"), ".cache", "keyward-bench")
                : folder;
    }

    /// The versions of the libraries that affect the results.
    public List<String> versions() {
        return Stream.of("kafka-streams", "rocksdbjni", "flink-runtime", "flink-connector-kafka")
                .map(this::versionOf)
                .toList();
    }

    private String versionOf(String artifact) {
        Pattern jar = Pattern.compile(".*/" + artifact + "-(\\d.*)\\.jar");
        return Stream.of(PRODUCT, BENCH)
                .flatMap(file -> read(file).stream())
                .map(jar::matcher)
                .filter(Matcher::matches)
                .map(found -> artifact + " " + found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + artifact + " on the class path"));
    }

    /// The product, its libraries, and the benchmark's classes, which add no libraries.
    public String product() {
        return of(_ -> true, PRODUCT);
    }

    /// The product as it was built from another commit, its libraries at that time, and the benchmark's classes.
    ///
    /// @param revision the id of the commit
    public String productOf(String revision) {
        Path folder = Path.of("against", revision);
        Stream<String> classes = Stream.of(
                        target.resolve("bench").resolve(folder).resolve("keyward.jar"), benchClasses())
                .map(Path::toString);
        return Stream.concat(classes, read(folder.resolve("class-path").toString()).stream())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// The class path of [#product()] and the benchmark's own libraries.
    public String bench() {
        return of(library -> !library.contains("flink") && !library.contains("frocksdb"), PRODUCT, BENCH);
    }

    /// The class path for Flink. Flink's RocksDB contains the same classes as that of Kafka Streams, and its
    /// connector needs an older version of the Kafka clients.
    public String flink() {
        return target.resolve("bench/flink/*")
                + File.pathSeparator
                + of(
                        library -> !library.contains("/rocksdbjni-") && !library.contains("/kafka-clients-"),
                        PRODUCT,
                        BENCH);
    }

    private String of(Predicate<String> wanted, String... files) {
        Stream<String> classes = Stream.of(target.resolve("bench/product/keyward.jar"), benchClasses())
                .map(Path::toString);
        Stream<String> libraries = Stream.of(files).flatMap(file -> read(file).stream());
        return Stream.concat(classes, libraries).filter(wanted).collect(Collectors.joining(File.pathSeparator));
    }

    private Path benchClasses() {
        return target.resolve("bench/classes.jar");
    }

    private List<String> read(String name) {
        Path file = target.resolve("bench").resolve(name);
        try {
            return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(Files.readString(file).strip())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read; bin/bench writes it", failure);
        }
    }
}
