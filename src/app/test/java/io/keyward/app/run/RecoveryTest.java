package io.keyward.app.run;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.keyward.registry.client.RegistryUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryTest {
    private final AtomicInteger pauses = new AtomicInteger();
    private final Recovery recovery = new Recovery(pauses::incrementAndGet, () -> false);

    @Test
    void anOutageOfTheRegistryReplacesTheThread() {
        assertThat(recovery.handle(new StreamsException(new RegistryUnavailableException("gone"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
    }

    @Test
    void whatKafkaCallsRetriableReplacesTheThread() {
        assertThat(recovery.handle(new StreamsException(new TimeoutException("slow"))))
                .isEqualTo(REPLACE_THREAD);
    }

    /// The consumer of the streams protocol throws these when it asks for committed offsets after its session has
    /// expired (`CommitRequestManager` of Kafka's clients), and Kafka Streams passes them on.
    @Test
    void whoWasRemovedFromTheGroupJoinsItAgain() {
        assertThat(recovery.handle(new StreamsException(new UnknownMemberIdException("not aware"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.handle(new StreamsException(new StaleMemberEpochException("stale"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
    }

    /// Kafka's consumer keeps nothing but the words of an error that it does not expect (`AbstractCoordinator`). A
    /// coordinator that has just been frozen gave this answer.
    @Test
    void retriableErrorsThatAreOnlyWordsReplaceTheThread() {
        assertThat(recovery.handle(new StreamsException(new KafkaException(
                        "Unexpected error from SyncGroup: " + Errors.COORDINATOR_LOAD_IN_PROGRESS.message()))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
        assertThat(recovery.handle(new StreamsException(
                        new KafkaException("Unexpected error from SyncGroup: " + Errors.INVALID_GROUP_ID.message()))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    /// The consumer of the streams protocol that is removed from its group while it leaves it forgets what it has
    /// subscribed to after that, or sends a request to leave that looks like one to join (docs/decisions/0006).
    @Test
    void whoWasRemovedFromTheGroupWhileItLeftJoinsItAgain() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "any", "group.protocol", "consumer"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            RuntimeException forgotten =
                    assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ofMillis(1)));
            assertThat(recovery.handle(new StreamsException(forgotten))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(recovery.handle(new StreamsException(
                        new InvalidRequestException("Topology can only be provided when (re-)joining."))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
        assertThat(recovery.handle(new StreamsException(new InvalidRequestException("MemberId can't be empty."))))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    /// The coordinator fences a member also if a request to join that its thread had abandoned is handled after the
    /// newer one, as happens when a broker was frozen.
    @Test
    void whoIsFencedJoinsAgainUnlessAnotherInstanceHasItsName() {
        StreamsException fenced = new StreamsException(new FencedInstanceIdException("fenced"));
        assertThat(recovery.handle(fenced)).isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
        Recovery rivalled = new Recovery(pauses::incrementAndGet, () -> true);
        assertThat(rivalled.handle(fenced)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(rivalled.failure()).containsSame(fenced);
    }

    @Test
    void aDefectStopsTheInstanceAndTheFirstIsKept() {
        IllegalStateException first = new IllegalStateException("first");
        assertThat(recovery.handle(first)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(recovery.handle(new IllegalStateException("second"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(recovery.failure()).containsSame(first);
    }

    /// What brokers answer to a client whose transaction or session they have ended during an outage.
    @ParameterizedTest
    @MethodSource
    void whatBrokersHaveEndedReplacesTheThread(RuntimeException ended) {
        assertThat(recovery.handle(new StreamsException(new KafkaException("in an error state", ended))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(recovery.failure()).isEmpty();
    }

    static Stream<RuntimeException> whatBrokersHaveEndedReplacesTheThread() {
        return Stream.of(
                new InvalidTxnStateException("ended"),
                new TransactionAbortableException("ended"),
                new UnknownProducerIdException("ended"),
                new OutOfOrderSequenceException("ended"),
                new InvalidPidMappingException("ended"),
                new InvalidProducerEpochException("ended"),
                new ProducerFencedException("ended"),
                new CommitFailedException("ended"));
    }

    @Test
    void noNumberOfOutagesStopsTheInstanceAndEachIsFollowedByAPause() {
        for (int i = 0; i < 100; i++) {
            assertThat(recovery.handle(new TimeoutException("slow"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(recovery.failure()).isEmpty();
        assertThat(pauses).hasValue(100);
    }

    /// The client has waited before each outage, and many threads notice it at once.
    @Test
    void noNumberOfOutagesOfTheRegistryStopsTheInstance() {
        for (int i = 0; i < 100; i++) {
            assertThat(recovery.handle(new StreamsException(new RegistryUnavailableException("gone"))))
                    .isEqualTo(REPLACE_THREAD);
        }
        assertThat(recovery.failure()).isEmpty();
    }
}
