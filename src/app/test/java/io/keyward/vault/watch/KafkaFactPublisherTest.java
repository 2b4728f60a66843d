package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.wire.Datum;
import io.keyward.testing.ProducerWithoutOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaFactPublisherTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final KeyId KEY = new KeyId("https://kv.vault.azure.net", "cmk");

    /// Represents everything that can block the publishing thread: the registry or the brokers' metadata.
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whoeverIsKeptWaitingIsToldAtTheEndThatTheEventMayNotHaveArrived() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        KafkaFactPublisher publisher = new KafkaFactPublisher(
                new TopicNames("cmk."),
                new StuckWriter(waiting),
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                Duration.ofMillis(100));
        CompletableFuture<RecordPosition> first = publisher.publish(restored(1));
        waiting.await();
        CompletableFuture<RecordPosition> second = publisher.publish(restored(2));

        publisher.close();

        await().until(first::isDone);
        assertThat(first.exceptionNow()).isInstanceOf(RegistryUnavailableException.class);
        assertThat(second).isCompletedExceptionally();
    }

    /// Otherwise a record that may be lost counts as published.
    @Test
    void whatKafkaAcknowledgesWithoutAnOffsetIsNotPublished() {
        try (KafkaFactPublisher publisher = new KafkaFactPublisher(
                new TopicNames("cmk."),
                new AvroSerializer(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT),
                new ProducerWithoutOffsets(),
                Duration.ofMinutes(1))) {
            WatchReport report = new WatchReport(
                    0,
                    CONTOSO,
                    KEY,
                    Optional.of(new WatchStatus(WatchState.WATCHED, Optional.empty(), true, Instant.ofEpochSecond(1))));

            assertThatThrownBy(() -> publisher.publish(restored(1)).get())
                    .hasMessageContaining("does not say at which offset of cmk.key-restored");
            assertThatThrownBy(() -> publisher.publish(report).get())
                    .hasMessageContaining("does not say at which offset of cmk.key-watch");
        }
    }

    private static Event.OfKey restored(long second) {
        return new Event.KeyRestored(
                CONTOSO,
                new Stamp(Instant.ofEpochSecond(second), new EventId("e" + second)),
                KEY,
                Optional.empty(),
                Optional.empty());
    }

    private record StuckWriter(CountDownLatch waiting) implements ValueWriter {
        @Override
        public byte[] serialize(String topic, Headers headers, IndexedRecord value) {
            waiting.countDown();
            try {
                new CountDownLatch(1).await();
                return new byte[0];
            } catch (InterruptedException end) {
                throw new RegistryUnavailableException("interrupted", end);
            }
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Datum value) {
            throw new AssertionError("facts are written as objects");
        }

        @Override
        public void prepare(String topic, Schema schema) {}
    }
}
