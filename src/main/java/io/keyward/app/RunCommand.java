package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `run`.
@Command(name = "run", description = "Runs the processor against the cluster that the configuration names.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "run is not ready yet; it would use " + cluster.load().applicationId());
    }
}
