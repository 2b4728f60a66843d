package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// The streams of the process, as a mixin, so that a factory of commands can provide others.
@Command
public final class ProcessStreams {
    private final Supplier<StandardStreams> streams;

    ProcessStreams() {
        this(StandardStreams::ofProcess);
    }

    public ProcessStreams(Supplier<StandardStreams> streams) {
        this.streams = streams;
    }

    StandardStreams open() {
        return streams.get();
    }
}
