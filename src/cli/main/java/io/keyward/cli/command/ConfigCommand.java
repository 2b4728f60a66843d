package io.keyward.cli.command;

import io.keyward.config.ConfigListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/// The command `config`: prints the configuration in effect, or checks that `run` can work with it.
@Command(name = "config", description = "Prints or checks the configuration in effect.")
public final class ConfigCommand extends CommandGroup {
    @Command(
            description = "Prints every setting with its value, grouped by where it comes from, as a properties file;"
                    + " secrets are hidden.")
    void print(@Mixin ClusterOptions option) {
        out().print(new ConfigListing(option.loadConfigured(), option.sources()).text());
        out().flush();
    }

    @Command(
            description =
                    "Checks everything that the command run depends on, or the command intake if the configuration"
                            + " has sources for it, and says what is wrong and how to fix it; changes nothing, and exits with 1"
                            + " if the command would fail.")
    int check(@Mixin ClusterOptions option, @Mixin StartAnewOption startAnew) {
        return ConfigCheck.passes(option.loadConfigured(), startAnew.given(), this::print)
                ? ExitCode.OK
                : ExitCode.SOFTWARE;
    }

    private void print(ConfigCheck.CheckResult result) {
        out().println(result.text());
        out().flush();
    }
}
