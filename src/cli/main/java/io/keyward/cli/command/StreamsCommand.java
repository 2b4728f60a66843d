package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that uses the standard streams of the process.
abstract class StreamsCommand implements Callable<Integer> {
    @Mixin
    private ProcessStreams process;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        return run(process.open());
    }

    /// Returns the exception for options and parameters that do not fit together.
    final ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// Runs the command and returns its exit code.
    abstract int run(StandardStreams streams);
}
