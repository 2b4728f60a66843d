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

/// Tells temporary outages of dependencies from defects.
public final class Outages {
    private Outages() {}

    /// The innermost cause of a failure.
    public static Throwable innermost(Throwable failure) {
        return causes(failure).reduce(failure, (_, cause) -> cause);
    }

    /// Whether the same work can succeed later: the registry did not answer, Kafka calls the failure retriable,
    /// it has ended a transaction, or a session, whose time was over when it could answer again, or it refuses
    /// credentials, whose files are read again for the next connection.
    public static boolean isOutage(Throwable failure) {
        return isOutageOfRegistry(failure)
                || causes(failure)
                        .anyMatch(cause -> cause instanceof RetriableException
                                || cause instanceof AuthenticationException
                                || hasEnded(cause)
                                || wasRetriable(cause)
                                || hasLeftTwice(cause));
    }

    /// The consumer of the streams protocol leaves its group when its tasks have migrated. If the broker says
    /// meanwhile that it has removed the member, `StreamsMembershipManager.onFenced` of Kafka 4.4 completes the
    /// leave at once, and the callback that belongs to it leaves again when the consumer has subscribed anew: the
    /// new subscription is gone, or the broker refuses the request (docs/decisions/0006).
    private static boolean hasLeftTwice(Throwable cause) {
        return switch (cause) {
            case IllegalStateException forgotten ->
                "Consumer is not subscribed to any topics or assigned any partitions".equals(forgotten.getMessage());
            case InvalidRequestException refused ->
                "Topology can only be provided when (re-)joining.".equals(refused.getMessage());
            default -> false;
        };
    }

    /// Kafka's consumer turns errors that it does not expect into exceptions that hold nothing but their words
    /// (`AbstractCoordinator`): after an outage it is told that its coordinator is loading.
    private static boolean wasRetriable(Throwable cause) {
        return cause.getClass().equals(KafkaException.class)
                && cause.getMessage() != null
                && Arrays.stream(Errors.values())
                        .filter(error -> error.exception() instanceof RetriableException)
                        .anyMatch(error -> cause.getMessage().endsWith(": " + error.message()));
    }

    /// What brokers answer to a client that they have given up meanwhile. They have aborted its transaction
    /// (`InvalidTxnState`, `TransactionAbortable`), forgotten its producer (`UnknownProducerId`,
    /// `OutOfOrderSequence`, `InvalidPidMapping`, `InvalidProducerEpoch`, `ProducerFenced`), or removed it from
    /// its group (`CommitFailed`, and in the streams protocol `UnknownMemberId` and `StaleMemberEpoch`, when it
    /// asks for its offsets).
    private static boolean hasEnded(Throwable cause) {
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

    /// Whether the registry did not answer. Its client has already retried and logged that.
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
