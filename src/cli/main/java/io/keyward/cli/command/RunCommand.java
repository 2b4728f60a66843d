package io.keyward.cli.command;

import io.keyward.app.run.Instance;
import io.keyward.app.run.Service;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `run`: runs one processor until it is stopped or fails.
@Command(name = "run", description = "Runs the processor against the cluster that the configuration names.")
public final class RunCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private ConfigOption config;

    @Mixin
    private StartAnewOption startAnew;

    @Override
    public void run() {
        Instance prepared = Instance.prepare(config.load().forRun(), startAnew.given(), InstantSource.system());
        prepared.notes().forEach(LOG::warn);
        Service.run(LOG, () -> prepared, instance -> {
            instance.start();
            instance.watchKeys();
            LOG.info("Started; health, metrics and topology are at {}", instance.httpUri());
        });
    }
}
