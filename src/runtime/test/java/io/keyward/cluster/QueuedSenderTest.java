package io.keyward.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Coordinates;
import io.keyward.client.EventSender;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.testing.ProducerWithoutOffsets;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A producer in a fatal state refuses every further record, so that an intake with it would answer nothing but
/// 503.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class QueuedSenderTest {
    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("cmk.key-hints", new byte[1]);

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private boolean unreachable;
    private QueuedSender sender = queue(this::make, Duration.ofMinutes(1));

    @AfterEach
    void close() {
        released.countDown();
        sender.close();
        assertThat(made).allMatch(MockProducer::closed);
    }

    @Test
    void aProducerThatRefusesARecordIsReplacedBeforeTheNext() {
        made.getFirst().sendException = new KafkaException("in an error state");
        assertRefused(send(), "in an error state");
        awaitSent(send());
        awaitSent(send());
        assertThat(made).hasSize(2);
        assertThat(made.getLast().history()).containsExactly(RECORD, RECORD);
    }

    @Test
    void aProducerThatKafkaDeclaresUnusableIsReplacedToo() {
        CompletableFuture<Coordinates> fenced = send();
        awaitSent(fenced);
        made.getFirst().errorNext(new InvalidProducerEpochException("fenced"));
        assertThat(fenced.exceptionNow()).isInstanceOf(InvalidProducerEpochException.class);
        awaitSent(send());
        assertThat(made).hasSize(2);
        assertThat(made.getLast().history()).containsExactly(RECORD);
    }

    @Test
    void anErrorOfOneRecordDoesNotEndTheProducer() {
        CompletableFuture<Coordinates> denied = send();
        awaitSent(denied);
        made.getFirst().errorNext(new TopicAuthorizationException("cmk.key-hints"));
        assertThat(denied.exceptionNow()).isInstanceOf(TopicAuthorizationException.class);
        CompletableFuture<Coordinates> next = send();
        awaitSent(next);
        made.getFirst().completeNext();
        assertThat(next).isCompletedWithValueMatching(place -> place.topic().equals("cmk.key-hints"));
        assertThat(made).hasSize(1);
    }

    @Test
    void anErrorBeforeARecordDoesNotEndTheProducerEither() {
        CompletableFuture<Coordinates> unwritten = sender.submit(_ -> {
            throw new RegistryUnavailableException("the registry is down", null);
        });
        assertRefused(unwritten, "the registry is down");
        awaitSent(send());
        assertThat(made).hasSize(1);
    }

    @Test
    void whileNoneCanBeMadeRecordsAreRefusedAndItIsTriedAgain() {
        made.getFirst().sendException = new KafkaException("in an error state");
        assertRefused(send(), "in an error state");
        unreachable = true;
        assertRefused(send(), "no host name resolves");
        assertRefused(send(), "no host name resolves");
        unreachable = false;
        awaitSent(send());
        assertThat(made.getLast().history()).containsExactly(RECORD);
    }

    @Test
    void anAcknowledgementWithoutAnOffsetIsAFailure() {
        try (QueuedSender toNowhere = queue(() -> new EventSender(new ProducerWithoutOffsets()), Duration.ZERO)) {
            assertRefused(
                    toNowhere.submit(to -> to.send(RECORD)),
                    "Kafka has stored the record, but did not return its offset in cmk.key-hints; send it again");
        }
    }

    @Test
    void whatWaitsInVainIsRefusedOrNotSentAnyMore() throws InterruptedException {
        CompletableFuture<Coordinates> blocked = block();
        CompletableFuture<Coordinates> late = send();
        CompletableFuture<Coordinates> next = send();
        assertThat(sender.waiting()).isEqualTo(2);
        assertThat(send()).as("more than can wait").isCompletedExceptionally();

        late.cancel(false);
        released.countDown();
        Patience.until("nothing waits", () -> sender.waiting() == 0);
        awaitSent(next);
        assertThat(blocked).isNotDone();
        assertThat(made.getFirst().history())
                .as("without what nobody waits for")
                .hasSize(2);
    }

    /// The task represents everything that can block the thread: the registry or the brokers' metadata.
    @Test
    void callersThatStillWaitLearnAtTheEndThatTheRecordMayNotHaveArrived() throws InterruptedException {
        sender.close();
        sender = queue(this::make, Duration.ofMillis(100));
        CompletableFuture<Coordinates> first = block();
        CompletableFuture<Coordinates> second = send();

        sender.close();

        assertRefused(first, "interrupted");
        assertThat(second).isCompletedExceptionally();
        assertThat(send()).as("after the end").isCompletedExceptionally();
        assertThat(made.getLast().history()).isEmpty();
    }

    private CompletableFuture<Coordinates> send() {
        return sender.submit(to -> to.send(RECORD));
    }

    /// Sends a record as soon as it may, and waits until that keeps the thread.
    private CompletableFuture<Coordinates> block() throws InterruptedException {
        CompletableFuture<Coordinates> blocked = sender.submit(to -> {
            working.countDown();
            try {
                released.await();
            } catch (InterruptedException end) {
                throw new RegistryUnavailableException("interrupted", end);
            }
            return to.send(RECORD);
        });
        working.await();
        return blocked;
    }

    /// Waits until the record is with the producer.
    private void awaitSent(CompletableFuture<Coordinates> result) {
        AtomicBoolean after = new AtomicBoolean();
        var _ = sender.submit(_ -> {
            after.set(true);
            return CompletableFuture.completedFuture(null);
        });
        Patience.until("the record is sent", after::get);
        assertThat(result).isNotDone();
    }

    private static void assertRefused(CompletableFuture<Coordinates> result, String message) {
        assertThatThrownBy(result::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessage(message);
    }

    private static QueuedSender queue(Supplier<EventSender> senders, Duration closeLimit) {
        return new QueuedSender("sends", 2, senders, closeLimit);
    }

    private EventSender make() {
        if (unreachable) {
            throw new KafkaException("no host name resolves");
        }
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(producer);
        return new EventSender(producer);
    }
}
