package io.keyward.cli.command;

import picocli.CommandLine.Command;

/// The command `dead-letters`: shows refused records, and sends them again.
@Command(
        name = "dead-letters",
        description = "Counts, shows or resends the records that were refused.",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersResendCommand.class})
public final class DeadLettersCommand extends CommandGroup {}
