package io.keyward.app.command;

import io.keyward.app.records.StandardStreams;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that reads and prints by the streams of the process.
abstract class StreamsCommand implements Callable<Integer> {
    @Mixin
    private ProcessStreams process;

    @Override
    public final Integer call() {
        return run(process.open());
    }

    /// Runs to the end, and returns the exit code.
    abstract int run(StandardStreams streams);
}
