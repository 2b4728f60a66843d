package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `topics`.
@Command(name = "topics", description = "Creates, checks or describes every topic of the product.")
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "topics is not ready yet; it would use " + cluster.load().applicationId());
    }
}
