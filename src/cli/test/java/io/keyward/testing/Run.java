package io.keyward.testing;

import io.keyward.cli.KeywardCommand;
import io.keyward.cli.command.Converters;
import io.keyward.cli.command.ProcessStreams;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/// A command that was executed in this process: its exit code and what it wrote.
public record Run(int exitCode, String out, String err) {
    /// Executes the command with the arguments, and with `input` on standard input.
    public static Run of(Class<?> command, String input, List<String> arguments) {
        Written written = new Written(input, Terminal.PLAIN);
        PrintStream err = written.streams.err();
        return written.by(
                Converters.register(new CommandLine(command, on(written.streams)))
                        .setExecutionExceptionHandler((failure, line, _) -> {
                            err.println(failure.getMessage());
                            return CommandLine.ExitCode.SOFTWARE;
                        })
                        .setParameterExceptionHandler((failure, _) -> {
                            err.println(failure.getMessage());
                            return CommandLine.ExitCode.USAGE;
                        }),
                arguments);
    }

    /// Executes `keyward` with the arguments, and with `input` on standard input.
    public static Run ofKeyward(Terminal terminal, String input, List<String> arguments) {
        Written written = new Written(input, terminal);
        return written.by(
                Converters.register(new CommandLine(new KeywardCommand(), on(written.streams)))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(new PrintWriter(written.streams.out(), true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(written.streams.err(), true, StandardCharsets.UTF_8)),
                arguments);
    }

    /// What a command reads and writes.
    private static final class Written {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final StandardStreams streams;

        private Written(String input, Terminal terminal) {
            streams = new StandardStreams(
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    terminal,
                    terminal);
        }

        private Run by(CommandLine command, List<String> arguments) {
            int exitCode = command.execute(arguments.toArray(String[]::new));
            return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /// Makes commands that read and write these streams.
    public static CommandLine.IFactory on(StandardStreams streams) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type.equals(ProcessStreams.class)
                        ? type.cast(new ProcessStreams(() -> streams))
                        : CommandLine.defaultFactory().create(type);
            }
        };
    }

    public List<String> outLines() {
        return out.lines().toList();
    }

    public List<String> errLines() {
        return err.lines().toList();
    }
}
