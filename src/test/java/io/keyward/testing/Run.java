package io.keyward.testing;

import io.keyward.app.records.StandardStreams;
import io.keyward.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/// A command that was executed in this process: its exit code and what it wrote.
public record Run(int exitCode, String out, String err) {
    /// Executes the command with the arguments, and with `input` on standard input.
    public static Run of(Function<Supplier<StandardStreams>, ?> command, String input, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StandardStreams streams = new StandardStreams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.PLAIN,
                Terminal.PLAIN);
        int exitCode = new CommandLine(command.apply(() -> streams))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    streams.err().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setParameterExceptionHandler((failure, _) -> {
                    streams.err().println(failure.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(arguments.toArray(String[]::new));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public List<String> outLines() {
        return out.lines().toList();
    }

    public List<String> errLines() {
        return err.lines().toList();
    }
}
