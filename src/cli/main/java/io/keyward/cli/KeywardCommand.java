package io.keyward.cli;

import io.keyward.app.run.ProductVersion;
import io.keyward.cli.command.BackupCommand;
import io.keyward.cli.command.ConfigCommand;
import io.keyward.cli.command.ConsoleCommand;
import io.keyward.cli.command.Converters;
import io.keyward.cli.command.DeadLettersCommand;
import io.keyward.cli.command.ExplainCommand;
import io.keyward.cli.command.Failures;
import io.keyward.cli.command.IntakeCommand;
import io.keyward.cli.command.KeyCommand;
import io.keyward.cli.command.PublishCommand;
import io.keyward.cli.command.RecoverCommand;
import io.keyward.cli.command.ReshardCommand;
import io.keyward.cli.command.RunCommand;
import io.keyward.cli.command.SandboxCommand;
import io.keyward.cli.command.SchemasCommand;
import io.keyward.cli.command.SimulateCommand;
import io.keyward.cli.command.TenantCommand;
import io.keyward.cli.command.TopicsCommand;
import io.keyward.cli.command.VaultCommand;
import io.keyward.cli.command.VerifyCommand;
import io.keyward.cli.command.WatchCommand;
import io.keyward.cli.command.WhatIfCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, whether typed or configured.
@Command(
        name = "keyward",
        description = "Decides which key protects which part of which environment.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration"},
        subcommands = {
            SandboxCommand.class,
            RunCommand.class,
            RecoverCommand.class,
            BackupCommand.class,
            ConsoleCommand.class,
            IntakeCommand.class,
            SimulateCommand.class,
            PublishCommand.class,
            WatchCommand.class,
            DeadLettersCommand.class,
            ExplainCommand.class,
            KeyCommand.class,
            WhatIfCommand.class,
            ConfigCommand.class,
            TopicsCommand.class,
            ReshardCommand.class,
            SchemasCommand.class,
            VaultCommand.class,
            TenantCommand.class,
            VerifyCommand.class
        })
public final class KeywardCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure besides its message.")
    private boolean debug;

    public static CommandLine commandLine() {
        KeywardCommand root = new KeywardCommand();
        return Converters.register(new CommandLine(root))
                .setUsageHelpAutoWidth(true)
                // Help is written where no escape codes pass.
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::explainUsage)
                .setExecutionExceptionHandler((failure, command, _) -> Failures.explain(failure, command, root.debug));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given.");
    }
}
