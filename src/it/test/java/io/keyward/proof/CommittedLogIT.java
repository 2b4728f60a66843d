package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cluster.CommittedLog;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.TestTopics;
import io.keyward.testing.process.Patience;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading committed records to where they end, beside transactions that are open.
class CommittedLogIT {
    private static final int PARTITIONS = 3;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start(@TempDir Path folder) {
        kafka = EmbeddedKafka.start(folder, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static List<TopicPartition> topic(String name) throws Exception {
        try (Admin admin = Admin.create(settings())) {
            TestTopics.create(admin, List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())));
        }
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static KafkaProducer<byte[], byte[]> producer(String id) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("transactional.id", id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /// Writes a number to every partition.
    private static void send(KafkaProducer<byte[], byte[]> producer, List<TopicPartition> partitions, int number) {
        byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        partitions.forEach(partition -> {
            var _ = producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
        });
    }

    private static int number(ConsumerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.value()).getInt();
    }

    @Test
    void aReadingWaitsForATransactionThatIsOpenWhenItBegins() throws Exception {
        List<TopicPartition> partitions = topic("waits");
        Set<Integer> read = new HashSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer("waits");
                CommittedLog log = CommittedLog.open(settings(), partitions)) {
            producer.beginTransaction();
            send(producer, partitions, 1);
            producer.flush();
            AtomicBoolean isReading = new AtomicBoolean();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(
                    () -> {
                        isReading.set(true);
                        log.readToEnd(record -> read.add(number(record)), _ -> {});
                    },
                    Thread::startVirtualThread);
            Patience.until("the reading has begun", isReading::get);
            assertThat(reading).isNotDone();
            producer.commitTransaction();
            reading.join();
        }
        assertThat(read).containsExactly(1);
    }

    @Test
    void whatWasAbortedIsNotRead() throws Exception {
        List<TopicPartition> partitions = topic("aborted");
        Set<Integer> read = new HashSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer("aborted");
                CommittedLog log = CommittedLog.open(settings(), partitions)) {
            producer.beginTransaction();
            send(producer, partitions, 1);
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, partitions, 2);
            producer.commitTransaction();
            log.readToEnd(record -> read.add(number(record)), _ -> {});
            assertThat(log.readToEnd(record -> read.add(number(record)), _ -> {}))
                    .isEqualTo(log.positions());
        }
        assertThat(read).containsExactly(2);
    }

    @Test
    void twoReadingsShowEveryTransactionWholeOfWhichTheFirstOneShowsAPart() throws Exception {
        List<TopicPartition> partitions = topic("whole");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger number = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(
                () -> {
                    try (KafkaProducer<byte[], byte[]> producer = producer("whole")) {
                        while (!stop.get()) {
                            producer.beginTransaction();
                            send(producer, partitions, number.getAndIncrement());
                            producer.commitTransaction();
                        }
                    }
                },
                Thread::startVirtualThread);
        Patience.until("the load has begun", () -> number.get() > 5 || load.isDone());
        Map<Integer, Set<Integer>> seen = new HashMap<>();
        try (CommittedLog log = CommittedLog.open(settings(), partitions)) {
            for (int readings = 0; readings < 50; readings++) {
                log.readToEnd(record -> add(seen, record), _ -> {});
                Set<Integer> first = Set.copyOf(seen.keySet());
                log.readToEnd(record -> add(seen, record), _ -> {});
                assertThat(first)
                        .allSatisfy(
                                seenInPart -> assertThat(seen.get(seenInPart)).hasSize(PARTITIONS));
            }
        } finally {
            stop.set(true);
        }
        load.join();
        assertThat(seen).hasSizeGreaterThan(1);
    }

    private static void add(Map<Integer, Set<Integer>> seen, ConsumerRecord<byte[], byte[]> record) {
        assertThat(seen.computeIfAbsent(number(record), _ -> new HashSet<>()).add(record.partition()))
                .as("read for the first time")
                .isTrue();
    }

    @Test
    void aPartitionCanBeReadFromAnyOffsetToAnyOther() throws Exception {
        List<TopicPartition> partitions = topic("offsets");
        TopicPartition first = partitions.getFirst();
        Set<Integer> read = new HashSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer("offsets");
                CommittedLog log = CommittedLog.open(settings(), partitions)) {
            producer.beginTransaction();
            IntStream.range(0, 10).forEach(number -> send(producer, partitions, number));
            producer.commitTransaction();
            log.seek(first, 4);
            log.readTo(Map.of(first, 6L), record -> read.add(number(record)), _ -> {});
            assertThat(log.positions()).containsEntry(first, 6L);
            assertThat(log.beginnings()).containsEntry(first, 0L);
        }
        assertThat(read).containsExactlyInAnyOrder(4, 5);
    }
}
