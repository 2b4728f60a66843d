package io.keyward.cli.command;

import io.keyward.app.console.Console;
import io.keyward.app.run.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `console`: serves the read API and the web pages until it is stopped or cannot continue.
@Command(
        name = "console",
        description = {
            "Serves what the processor has decided, and why: an HTTP API and web pages.",
            "It reads what the processor has committed, and writes nothing. It works while the processor is down; any"
                    + " number of consoles can run."
        })
public final class ConsoleCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleCommand.class);

    @Mixin
    private ConfigOption config;

    @Override
    public void run() {
        Service.run(
                LOG,
                () -> Console.start(config.load().forConsole()),
                console -> LOG.info("The console is at {}", console.uri()));
    }
}
