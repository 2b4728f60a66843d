package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `sandbox`.
@Command(
        name = "sandbox",
        description = "Starts everything on this machine: broker, schema registry, processor and a sample feed.")
final class SandboxCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "sandbox is not ready yet; it would use " + cluster.load().applicationId());
    }
}
