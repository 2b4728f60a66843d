package io.keyward.cli.command;

import picocli.CommandLine.Command;

/// The command `tenant`: exports what is held about a tenant, or has it erased.
@Command(
        name = "tenant",
        description = "Exports or erases what is held about one tenant.",
        subcommands = {TenantExportCommand.class, TenantEraseCommand.class})
public final class TenantCommand extends CommandGroup {}
