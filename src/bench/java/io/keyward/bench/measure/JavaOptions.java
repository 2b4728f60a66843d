package io.keyward.bench.measure;

import java.util.List;
import java.util.stream.Stream;

/// The options of every Java process of the benchmark: what `bin/keyward run` sets, and a bound of the heap.
public final class JavaOptions {
    private static final List<String> ALL = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private JavaOptions() {}

    static List<String> with(List<String> more) {
        return Stream.concat(ALL.stream(), more.stream()).toList();
    }

    /// The options of a subject whose heap may take so many MiB.
    public static List<String> ofSubjects(int heap) {
        return with(List.of("-XX:+UseParallelGC", "-Xmx" + heap + "m"));
    }
}
