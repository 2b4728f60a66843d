package io.keyward.topology;

import io.keyward.registry.client.RegistryUnavailableException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.protocol.Errors;

/// Distinguishes transient failures of dependencies from defects.
public final class Outages {
    private Outages() {}

    /// The innermost cause of a failure.
    public static Throwable innermost(Throwable failure) {
        return causes(failure).reduce(failure, (_, cause) -> cause);
    }

    /// Whether the same work can succeed later: the registry did not answer, Kafka classifies the failure as
    /// retriable, a transaction or session expired during an outage, or Kafka refused credentials. Credential
    /// files are read again for the next connection.
    public static boolean isOutage(Throwable failure) {
        return isOutageOfRegistry(failure)
                || causes(failure)
                        .anyMatch(cause -> cause instanceof RetriableException
                                || cause instanceof AuthenticationException
                                || hasExpired(cause)
                                || wasRetriable(cause)
                                || hasLeftTwice(cause));
    }

    /// The consumer of the streams protocol leaves its group when its tasks have migrated. If the broker fences
    /// the member meanwhile, `StreamsMembershipManager.onFenced` of Kafka 4.4 completes the leave at once, and
    /// the pending callback leaves a second time after the consumer has subscribed again: the new subscription is
    /// lost, or the broker refuses the request (docs/decisions/0006).
    private static boolean hasLeftTwice(Throwable cause) {
        return switch (cause) {
            case IllegalStateException unsubscribed ->
                "Consumer is not subscribed to any topics or assigned any partitions".equals(unsubscribed.getMessage());
            case InvalidRequestException refused ->
                "Topology can only be provided when (re-)joining.".equals(refused.getMessage());
            default -> false;
        };
    }

    /// Kafka's consumer converts errors that it does not expect into exceptions that contain only the error's
    /// message (`AbstractCoordinator`); for example, while its coordinator is loading after an outage.
    private static boolean wasRetriable(Throwable cause) {
        return cause.getClass().equals(KafkaException.class)
                && cause.getMessage() != null
                && Arrays.stream(Errors.values())
                        .filter(error -> error.exception() instanceof RetriableException)
                        .anyMatch(error -> cause.getMessage().endsWith(": " + error.message()));
    }

    /// The errors for a client that the brokers have expired. They have aborted its transaction
    /// (`InvalidTxnState`, `TransactionAbortable`), expired or fenced its producer (`UnknownProducerId`,
    /// `OutOfOrderSequence`, `InvalidPidMapping`, `InvalidProducerEpoch`, `ProducerFenced`), or removed it from
    /// its group (`CommitFailed`, and in the streams protocol `UnknownMemberId` and `StaleMemberEpoch`, when it
    /// fetches its offsets).
    private static boolean hasExpired(Throwable cause) {
        return switch (cause) {
            case InvalidTxnStateException _,
                    TransactionAbortableException _,
                    UnknownProducerIdException _,
                    OutOfOrderSequenceException _,
                    InvalidPidMappingException _,
                    InvalidProducerEpochException _,
                    ProducerFencedException _,
                    CommitFailedException _,
                    UnknownMemberIdException _,
                    StaleMemberEpochException _ -> true;
            default -> false;
        };
    }

    /// Whether the schema registry did not answer. Its client has already retried, and logged the failure.
    public static boolean isOutageOfRegistry(Throwable failure) {
        return causes(failure).anyMatch(RegistryUnavailableException.class::isInstance);
    }

    /// The failure and its causes, each once, outermost first.
    public static Stream<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .takeWhile(seen::add);
    }
}
