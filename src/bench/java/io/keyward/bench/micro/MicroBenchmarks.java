package io.keyward.bench.micro;

import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the JMH benchmarks of the inner parts, each in a separate JVM, and measures their allocations.
public final class MicroBenchmarks {
    private static final TimeValue SECOND = TimeValue.seconds(1);
    private static final TimeValue MOMENT = TimeValue.milliseconds(200);

    private MicroBenchmarks() {}

    /// Runs the benchmarks whose names match, and writes `jmh.json`.
    ///
    /// @param brief whether to check only that they run
    public static void run(String pattern, boolean brief, Path folder) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .forks(brief ? 1 : 2)
                .warmupIterations(brief ? 1 : 5)
                .measurementIterations(brief ? 1 : 5)
                .warmupTime(brief ? MOMENT : SECOND)
                .measurementTime(brief ? MOMENT : SECOND)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-XX:+UseParallelGC")
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("jmh.json").toString());
        new Runner(options.build()).run();
    }
}
