package io.keyward.intake;

import static io.keyward.intake.Deliveries.CONTOSO;
import static io.keyward.intake.Deliveries.GRID;
import static io.keyward.intake.Deliveries.HINT;
import static io.keyward.intake.Deliveries.IRRELEVANT;
import static io.keyward.intake.Deliveries.REFUSED;
import static io.keyward.intake.Deliveries.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.EventSender;
import io.keyward.client.TopicNames;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.wire.Datum;
import io.keyward.testing.ProducerWithoutOffsets;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A source gets an acknowledgement if Kafka has all of its items, and in a bounded time if it may not have.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KafkaPublisherTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<KafkaPublisher> opened = new ArrayList<>();

    @AfterEach
    void close() {
        released.countDown();
        opened.forEach(KafkaPublisher::close);
    }

    @Test
    void aDeliveryIsDoneOnceKafkaHasAllOfIt() throws Exception {
        CompletableFuture<Void> result = publish(bytes(), LONG, HINT, REFUSED);
        Patience.until("two are sent", () -> sent().size() == 2);
        assertThat(producer.completeNext()).isTrue();
        assertThat(result).isNotDone();
        assertThat(producer.completeNext()).isTrue();
        result.get();
    }

    @Test
    void itFailsIfKafkaRefusesARecordThoughItMayHaveTheOthers() {
        CompletableFuture<Void> result = publish(bytes(), LONG, HINT, REFUSED);
        Patience.until("two are sent", () -> sent().size() == 2);
        assertThat(producer.errorNext(new RecordTooLargeException("refused"))).isTrue();
        assertThat(producer.completeNext()).isTrue();
        assertThatThrownBy(result::get).hasRootCauseInstanceOf(RecordTooLargeException.class);
        assertThat(sent()).hasSize(2);
    }

    @Test
    void itFailsIfKafkaDoesNotAnswer() {
        CompletableFuture<Void> result = publish(bytes(), SHORT, HINT);
        assertThatThrownBy(result::get).hasCauseInstanceOf(TimeoutException.class);
    }

    /// Otherwise the source does not send an item again that may be lost.
    @Test
    void itFailsIfKafkaDoesNotSayWhereARecordIs() {
        KafkaPublisher publisher = publisher(new ProducerWithoutOffsets(), bytes(), LONG);
        CompletableFuture<Void> result = publish(publisher, HINT);
        assertThatThrownBy(result::get)
                .hasRootCauseMessage(
                        "Kafka has stored the record, but did not return its offset in cmk.key-hints; send it again");
    }

    @Test
    void whatSaysNothingAboutAKeyIsNotWritten() throws Exception {
        CompletableFuture<Void> result = publish(bytes(), LONG, IRRELEVANT, HINT, IRRELEVANT);
        Patience.until("one is sent", () -> !sent().isEmpty());
        assertThat(producer.completeNext()).isTrue();
        result.get();
        assertThat(sent()).extracting(ProducerRecord::topic).containsExactly("cmk.key-hints");
    }

    @Test
    void aDeliveryWithNothingToWriteIsDoneAtOnce() {
        ValueWriter defect = (Bytes) () -> {
            throw new AssertionError("nothing is to be written");
        };
        assertThat(publish(defect, LONG)).isCompleted();
        assertThat(publish(defect, LONG, IRRELEVANT, IRRELEVANT)).isCompleted();
    }

    /// A part of a delivery would be written again and again, as long as the registry is down.
    @Test
    void anOutageOfTheRegistryFailsADeliveryBeforeAnyOfItIsWritten() {
        CompletableFuture<Void> result = publish(
                (Bytes) () -> {
                    throw new RegistryUnavailableException("the registry is down", null);
                },
                LONG,
                REFUSED,
                HINT);
        assertThatThrownBy(result::get).hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void whileTheRegistryHangsDeliveriesFailAndTooManyFailAtOnce() throws InterruptedException {
        KafkaPublisher publisher = publisher(hanging(), SHORT);
        List<CompletableFuture<Void>> results = new ArrayList<>(List.of(publish(publisher, HINT)));
        writing.await();
        Stream.generate(() -> publish(publisher, HINT))
                .limit(KafkaPublisher.MAX_WAITING)
                .forEach(results::add);
        assertThat(publish(publisher, HINT)).isCompletedExceptionally();
        assertThat(results)
                .allSatisfy(result -> assertThatThrownBy(result::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(TimeoutException.class));
        released.countDown();
        Patience.until("the next one is taken", () -> {
            results.add(publish(publisher, HINT));
            return !results.getLast().isCompletedExceptionally();
        });
        Patience.until("it is sent", () -> completeAll() && results.getLast().isDone());
        assertThat(results.getLast()).isCompleted();
        assertThat(sent()).as("what failed while it waited is not written late").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void afterClosingNothingIsTaken() {
        KafkaPublisher publisher = publisher(bytes(), LONG);
        publisher.close();
        assertThat(publish(publisher, HINT)).isCompletedExceptionally();
    }

    @Test
    void whereNoBrokerIsADeliveryFails() {
        String nobody = "127.0.0.1:" + FreePorts.one();
        try (KafkaPublisher publisher =
                KafkaPublisher.start(Map.of("bootstrap.servers", nobody), NAMES, bytes(), SHORT)) {
            CompletableFuture<Void> result = publish(publisher, HINT, REFUSED);
            assertThatThrownBy(result::get).isInstanceOf(ExecutionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 25})
    void blockingAndDeliveringTakeNoLongerThanTheTimeoutWhateverIsSet(int seconds) {
        Map<String, Object> settings = KafkaPublisher.settings(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:9092",
                        "linger.ms",
                        "60000",
                        "max.block.ms",
                        "60000",
                        "request.timeout.ms",
                        "60000",
                        "delivery.timeout.ms",
                        "180000",
                        "acks",
                        "0",
                        "compression.type",
                        "lz4"),
                Duration.ofSeconds(seconds));
        ProducerConfig read = read(settings);
        assertThat(read.getLong("max.block.ms") + read.getInt("delivery.timeout.ms"))
                .isEqualTo(seconds * 1_000L);
        assertThat(read.getString("acks")).isEqualTo("-1");
        assertThat(read.getBoolean("enable.idempotence")).isTrue();
        assertThat(read.getString("compression.type")).isEqualTo("lz4");
    }

    /// Kafka checks the settings against each other only when a producer is made.
    private static ProducerConfig read(Map<String, Object> settings) {
        Map<String, Object> complete = new HashMap<>(settings);
        complete.put("key.serializer", ByteArraySerializer.class);
        complete.put("value.serializer", ByteArraySerializer.class);
        new KafkaProducer<>(complete).close(Duration.ZERO);
        return new ProducerConfig(complete);
    }

    private boolean completeAll() {
        while (producer.completeNext()) {
            // the next one
        }
        return true;
    }

    private List<ProducerRecord<byte[], byte[]>> sent() {
        return producer.history();
    }

    private CompletableFuture<Void> publish(ValueWriter values, Duration timeout, Finding... findings) {
        return publish(publisher(values, timeout), findings);
    }

    private static CompletableFuture<Void> publish(KafkaPublisher publisher, Finding... findings) {
        return publisher.publish(
                CONTOSO, GRID, Stream.of(findings).map(finding -> item(finding)).toList());
    }

    private KafkaPublisher publisher(ValueWriter values, Duration timeout) {
        return publisher(producer, values, timeout);
    }

    private KafkaPublisher publisher(Producer<byte[], byte[]> kafka, ValueWriter values, Duration timeout) {
        KafkaPublisher publisher =
                new KafkaPublisher(new DeliveryRecords(NAMES, values), () -> new EventSender(kafka), timeout);
        opened.add(publisher);
        return publisher;
    }

    private static ValueWriter bytes() {
        return (Bytes) () -> new byte[1];
    }

    private ValueWriter hanging() {
        return (Bytes) () -> {
            writing.countDown();
            try {
                released.await();
            } catch (InterruptedException end) {
                throw new RegistryUnavailableException("interrupted", end);
            }
            return new byte[1];
        };
    }

    /// Writes every value as the same bytes.
    private interface Bytes extends ValueWriter {
        byte[] bytes();

        @Override
        default byte[] serialize(String topic, Headers headers, IndexedRecord value) {
            return bytes();
        }

        @Override
        default byte[] serialize(String topic, Headers headers, Datum value) {
            return bytes();
        }

        @Override
        default void prepare(String topic, Schema schema) {}
    }
}
