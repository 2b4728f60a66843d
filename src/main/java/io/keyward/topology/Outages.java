package io.keyward.topology;

import io.keyward.registry.client.RegistryUnavailableException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/// Tells temporary outages of dependencies from defects.
public final class Outages {
    private Outages() {}

    /// The innermost cause of a failure.
    public static Throwable innermost(Throwable failure) {
        return causes(failure).reduce(failure, (_, cause) -> cause);
    }

    /// Whether the same work can succeed later: the registry did not answer, or Kafka calls the failure
    /// retriable.
    public static boolean isOutage(Throwable failure) {
        return isOutageOfRegistry(failure) || causes(failure).anyMatch(RetriableException.class::isInstance);
    }

    /// Whether the registry did not answer. Its client has already retried and logged that.
    public static boolean isOutageOfRegistry(Throwable failure) {
        return causes(failure).anyMatch(RegistryUnavailableException.class::isInstance);
    }

    /// The failure and its causes, outermost first.
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
