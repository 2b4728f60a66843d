package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `watch`.
@Command(name = "watch", description = "Follows an output topic.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "watch is not ready yet; it would use " + cluster.load().applicationId());
    }
}
