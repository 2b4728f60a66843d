package io.keyward.bench.jvm;

import io.keyward.testing.process.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The options of every Java process of the benchmark: the options that `bin/keyward run` sets, and a maximum
/// heap size.
public final class JavaOptions {
    private static final List<String> ALL = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dkeyward.log.libraries=ERROR",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    /// Environment variables for the C library of every such process, as in `bin/keyward run`.
    private static final Map<String, String> ENVIRONMENT =
            Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "131072");

    private JavaOptions() {}

    /// Starts a process of the benchmark and appends its output to the log.
    public static ChildJvm start(String name, ChildJvm.Program program, Path log) {
        ProcessBuilder command = program.command();
        command.environment().putAll(ENVIRONMENT);
        return ChildJvm.start(name, command, log);
    }

    public static List<String> with(List<String> more) {
        return Stream.concat(ALL.stream(), more.stream()).toList();
    }

    /// The JDK packages that Flink 2 needs opened.
    private static final List<String> OPENED_FOR_FLINK = Stream.of(
                    "java.lang",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks",
                    "sun.nio.ch")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    public static List<String> ofFlink(int heap) {
        return Stream.concat(ofSubjects(heap).stream(), OPENED_FOR_FLINK.stream())
                .toList();
    }

    /// The options of a subject with this heap size in MiB.
    public static List<String> ofSubjects(int heap) {
        return with(List.of("-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-Xmx" + heap + "m"));
    }
}
