package io.keyward.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `publish`.
@Command(name = "publish", description = "Sends the events of JSON-lines files to the input topics.")
final class PublishCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        throw new CommandFailedException(
                "publish is not ready yet; it would use " + cluster.load().applicationId());
    }
}
