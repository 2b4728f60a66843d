package io.keyward.cli;

import io.keyward.app.run.ThreadFailures;
import io.keyward.cli.command.LogSettings;
import io.keyward.cli.terminal.TerminalStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The program `keyward`: runs the command that its arguments name and exits with that command's code.
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        TerminalStream.install();
        LogSettings.choose(arguments);
        ThreadFailures.logUncaught();
        System.exit(KeywardCommand.commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }
}
