package io.keyward.app.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only has subcommands, which are its methods.
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    private final String object;

    /// @param object what the subcommands work with, for the message if none is given
    CommandGroup(String object) {
        this.object = object;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the " + object + ".");
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
