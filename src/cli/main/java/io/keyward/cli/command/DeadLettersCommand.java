package io.keyward.cli.command;

import picocli.CommandLine.Command;

/// The command `dead-letters`: shows what was refused, and sends it again.
@Command(
        name = "dead-letters",
        description = "Counts, shows, or sends again the records that were refused.",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersResendCommand.class})
public final class DeadLettersCommand extends CommandGroup {}
