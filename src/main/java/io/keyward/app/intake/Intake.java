package io.keyward.app.intake;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.run.StopSignal;
import io.keyward.ops.http.HttpEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// A running intake.
public final class Intake implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final IntakeParts parts;

    private Intake(IntakeParts parts) {
        this.parts = parts;
    }

    /// Checks everything that a start depends on, and starts an intake.
    ///
    /// @throws io.keyward.app.config.ConfigurationException if the configuration or a file of an Event Hub
    ///     cannot be used
    /// @throws CommandFailedException if the cluster or the registry do not meet the requirements
    /// @throws java.io.UncheckedIOException if the folder of secrets cannot be read
    /// @throws io.keyward.ops.http.HttpEndpointException if an address or one of its files cannot be used
    public static Intake start(KeywardConfig config) {
        return new Intake(IntakeParts.assemble(config, InstantSource.system()));
    }

    /// Where the webhooks are; empty if there are none.
    public Optional<URI> webhooks() {
        return parts.webhooks().map(HttpEndpoint::uri);
    }

    /// Where the webhooks are.
    ///
    /// @throws java.util.NoSuchElementException if there are none
    public URI uri() {
        return webhooks().orElseThrow();
    }

    /// Where metrics and health are.
    public URI operations() {
        return parts.operations().uri();
    }

    /// Waits until the stop signal is given, or the intake cannot go on.
    ///
    /// @throws CommandFailedException if the intake cannot go on
    public void awaitEnd(StopSignal stop) {
        while (!stop.isGivenWithin(LOOK)) {
            rethrowFailure();
        }
    }

    /// Does nothing while the intake can go on.
    ///
    /// @throws CommandFailedException if a defect has ended one of its threads
    public void rethrowFailure() {
        parts.audit().failure().ifPresent(failure -> {
            throw new CommandFailedException("The intake has stopped because of a failure: " + failure, failure);
        });
    }

    /// Takes nothing more, ends the deliveries in progress, and stops, within a bound.
    @Override
    public void close() {
        parts.close();
    }
}
