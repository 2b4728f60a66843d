package io.keyward.cli.command;

import io.keyward.app.intake.Intake;
import io.keyward.app.run.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `intake`: receives what Azure emits about keys until it is stopped or cannot continue.
@Command(
        name = "intake",
        description = {
            "Receives what Azure emits about keys: Event Grid events, by webhook.",
            "They become input events, or make the processor probe the key at once. Any number of intakes" + " can run."
        })
public final class IntakeCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeCommand.class);

    @Mixin
    private ConfigOption config;

    @Override
    public void run() {
        Intake started = Intake.start(config.load().forIntake());
        Service.run(LOG, () -> started, intake -> {
            LOG.info("Webhooks are at {}/intake/eventgrid/TENANT-ID", intake.uri());
            LOG.info("Started; health and metrics are at {}", intake.operations());
        });
    }
}
