package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `simulate`.
@Command(name = "simulate", description = "Decides the events of JSON-lines files without any broker.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "simulate is not ready yet; it would use " + cluster.load().applicationId());
    }
}
