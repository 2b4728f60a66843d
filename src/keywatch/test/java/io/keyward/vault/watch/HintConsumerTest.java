package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.KeyHintCodec;
import io.keyward.domain.event.KeyHint;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which hints an instance reads, and that no failure ends it.
class HintConsumerTest {
    private static final String TOPIC = "cmk.key-hints";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final ValueSerde values = ValueSerde.own(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT);
    private final ValueReader reader = values.reader(List.of(GeneratedClasses.schema("io.keyward.event.KeyHint")));
    private final AtomicBoolean registryFails = new AtomicBoolean();
    private final Brokers brokers = new Brokers();
    private final Queue<Integer> partitions = new ConcurrentLinkedQueue<>(List.of(0));
    private final Queue<String> hinted = new ConcurrentLinkedQueue<>();
    private final Queue<HintResult> results = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HintConsumer hints = new HintConsumer(
            new HintConsumer.Source(
                    TOPIC,
                    brokers,
                    (topic, headers, value) -> {
                        if (registryFails.get()) {
                            throw new RegistryUnavailableException("no registry", new IllegalStateException());
                        }
                        return reader.decode(topic, headers, value);
                    },
                    () -> Set.copyOf(partitions)),
            (hint, at, result) -> {
                hinted.add("%s %s".formatted(hint.keyName().orElseThrow(), Duration.between(at, NOW)));
                result.accept(HintResult.PROBED);
            },
            new HintConsumer.Observer(results::add, failures::incrementAndGet),
            () -> NOW);

    @BeforeEach
    void begin() {
        brokers.holds(0, 5);
        brokers.holds(1, 3);
    }

    @AfterEach
    void end() {
        hints.close();
        assertThat(brokers.closed()).isTrue();
    }

    @Test
    void aHintIsPassedOnWithTheTimeAtWhichItWasWritten() {
        starts();
        brokers.add(0, 5, hint("hr"), Duration.ofSeconds(3));
        await().until(() -> !results.isEmpty());
        assertThat(hinted).containsExactly("hr PT3S");
        assertThat(results).containsExactly(HintResult.PROBED);
    }

    @Test
    void readingBeginsWithTheHintsOfTheLastTenMinutes() {
        brokers.sinceTenMinutes.put(new TopicPartition(TOPIC, 0), 2L);
        starts();
        for (int offset = 0; offset < 5; offset++) {
            brokers.add(0, offset, hint("k" + offset), Duration.ofMinutes(20 - 5 * offset));
        }
        await().until(() -> results.size() == 3);
        assertThat(hinted).containsExactly("k2 PT10M", "k3 PT5M", "k4 PT0S");
        assertThat(brokers.asked).containsExactly(NOW.minus(Duration.ofMinutes(10)));
    }

    @Test
    void anOlderOneIsLate() {
        starts();
        brokers.add(0, 5, hint("old"), Duration.ofMinutes(11));
        brokers.add(0, 6, hint("new"), Duration.ZERO);
        await().until(() -> results.size() == 2);
        assertThat(results).containsExactly(HintResult.LATE, HintResult.PROBED);
        assertThat(hinted).containsExactly("new PT0S");
    }

    @Test
    void whatIsNoHintIsCountedAndSkipped() {
        starts();
        brokers.add(0, 5, null, Duration.ZERO);
        brokers.add(0, 6, "nonsense".getBytes(StandardCharsets.UTF_8), Duration.ZERO);
        brokers.add(0, 7, misspelt(), Duration.ZERO);
        brokers.add(0, 8, hint("hr"), Duration.ZERO);
        await().until(() -> results.size() == 4);
        assertThat(results)
                .containsExactly(
                        HintResult.UNREADABLE, HintResult.UNREADABLE, HintResult.UNREADABLE, HintResult.PROBED);
        assertThat(failures).hasValue(0);
    }

    @Test
    void aPartitionThatComesIsReadAndOneThatGoesIsNot() {
        starts();
        brokers.add(0, 5, hint("a"), Duration.ZERO);
        await().until(() -> results.size() == 1);
        partitions.add(1);
        await().until(() -> brokers.assignment().size() == 2);
        assertThat(brokers.position(new TopicPartition(TOPIC, 0)))
                .as("goes on in the other")
                .isEqualTo(6);
        brokers.add(1, 3, hint("b"), Duration.ZERO);
        await().until(() -> results.size() == 2);
        partitions.clear();
        await().until(() -> brokers.assignment().isEmpty());
        partitions.add(1);
        await().until(() -> brokers.assignment().equals(Set.of(new TopicPartition(TOPIC, 1))));
        assertThat(failures).hasValue(0);
    }

    @Test
    void aFailureOfTheClusterIsCountedAndReadingGoesOn() {
        brokers.setPollException(new KafkaException("not allowed"));
        starts();
        await().until(() -> failures.get() == 1);
        brokers.add(0, 5, hint("hr"), Duration.ZERO);
        await().until(() -> !results.isEmpty());
        assertThat(hinted).containsExactly("hr PT0S");
    }

    @Test
    void withoutTheRegistryNoHintIsLost() {
        starts();
        registryFails.set(true);
        addBoth();
        await().until(() -> failures.get() > 0);
        assertThat(results).isEmpty();
        registryFails.set(false);
        addBoth(); // since a mock forgets what it has returned
        await().until(() -> results.size() == 2);
        assertThat(hinted).containsExactly("a PT0S", "b PT0S");
    }

    @Test
    void oneThatWasNeverStartedCanBeClosed() {
        hints.close();
        assertThat(brokers.closed()).isTrue();
    }

    /// In one step, so that no poll comes between the two.
    private void addBoth() {
        synchronized (brokers) {
            brokers.add(0, 5, hint("a"), Duration.ZERO);
            brokers.add(0, 6, hint("b"), Duration.ZERO);
        }
    }

    private void starts() {
        hints.start();
        await().until(() -> !brokers.assignment().isEmpty());
    }

    private byte[] hint(String key) {
        return bytes(KeyHintCodec.write(
                new KeyHint(CONTOSO, NOW, "KeyUpdate", "https://contoso.vault.azure.net", Optional.of(key))));
    }

    private byte[] misspelt() {
        IndexedRecord hint = KeyHintCodec.write(
                new KeyHint(CONTOSO, NOW, "KeyUpdate", "https://contoso.vault.azure.net", Optional.empty()));
        hint.put(hint.getSchema().getField("vaultUri").pos(), "no vault");
        return bytes(hint);
    }

    private byte[] bytes(IndexedRecord value) {
        return values.writer().serialize(TOPIC, new RecordHeaders(), value);
    }

    /// A consumer that also looks up offsets by time.
    private static final class Brokers extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> sinceTenMinutes = new HashMap<>();
        private final Queue<Instant> asked = new ConcurrentLinkedQueue<>();

        Brokers() {
            super("earliest");
        }

        void holds(int partition, long end) {
            updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, partition), 0L));
            updateEndOffsets(Map.of(new TopicPartition(TOPIC, partition), end));
        }

        void add(int partition, long offset, byte[] value, Duration age) {
            addRecord(new ConsumerRecord<>(
                    TOPIC,
                    partition,
                    offset,
                    NOW.minus(age).toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    0,
                    null,
                    value,
                    new RecordHeaders(),
                    Optional.empty()));
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> {
                asked.add(Instant.ofEpochMilli(time));
                Long offset = sinceTenMinutes.get(partition);
                found.put(partition, offset == null ? null : new OffsetAndTimestamp(offset, time));
            });
            return found;
        }
    }
}
