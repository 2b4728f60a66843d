package io.keyward.cli.command;

import io.keyward.cluster.SetupFinding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only has subcommands.
abstract class CommandGroup implements Runnable {
    /// What the subcommands of a command work with, if its name does not say so.
    private static final Map<String, String> OBJECTS = Map.of(
            "config", "configuration",
            "dead-letters", "dead letters",
            "reshard", "partitions",
            "verify", "application");

    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "No subcommand given for the %s.".formatted(OBJECTS.getOrDefault(spec.name(), spec.name())));
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /// Prints the findings, if any.
    ///
    /// @return the exit code
    final int report(List<? extends SetupFinding> findings) {
        if (findings.isEmpty()) {
            return ExitCode.OK;
        }
        err().println(SetupFinding.text(findings));
        err().flush();
        return ExitCode.SOFTWARE;
    }
}
