package io.keyward.app.console;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.run.StopSignal;
import io.keyward.console.replica.ReplicaStatus;
import io.keyward.console.replica.ReplicaStatus.Phase;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/// A running console.
public final class Console implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ConsoleParts parts;

    private Console(ConsoleParts parts) {
        this.parts = parts;
    }

    /// Starts a console. It serves at once, and answers questions once it has read what was there.
    ///
    /// @throws io.keyward.app.config.ConfigurationException if the rule profile or a setting of the
    ///     registry is bad
    /// @throws io.keyward.console.replica.ReplicaException if its folder cannot be used
    /// @throws io.keyward.ops.http.HttpEndpointException if its address or one of its files cannot be used
    public static Console start(KeywardConfig config) {
        return new Console(ConsoleParts.assemble(config, InstantSource.system()));
    }

    public URI uri() {
        return parts.http().uri();
    }

    /// Whether questions are answered.
    public boolean isReady() {
        return status().ready();
    }

    /// Waits until the stop signal is given, or the console cannot go on.
    ///
    /// @throws CommandFailedException if the console cannot go on
    public void awaitEnd(StopSignal stop) {
        while (!stop.isGivenWithin(LOOK)) {
            rethrowFailure();
        }
    }

    /// Does nothing while the console can go on.
    ///
    /// @throws CommandFailedException with what an operator can do
    public void rethrowFailure() {
        ReplicaStatus now = status();
        if (now.phase() == Phase.FAILED) {
            throw new CommandFailedException("The console cannot go on: " + now.message());
        }
    }

    private ReplicaStatus status() {
        return parts.replica().status();
    }

    @Override
    public void close() {
        parts.close();
    }
}
