package io.keyward.vault.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.KeyWatchCodec;
import io.keyward.client.Coordinates;
import io.keyward.client.EventSender;
import io.keyward.client.TopicNames;
import io.keyward.cluster.QueuedSender;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.testing.ProducerWithoutOffsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaFactPublisherTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final KeyId KEY = new KeyId("https://kv.vault.azure.net", "cmk");

    private static final WatchStatus WATCHED =
            new WatchStatus(WatchState.WATCHED, Optional.empty(), true, Instant.ofEpochSecond(1));

    @Test
    void factsHaveTheTenantAsKeyAndReportsTheTenantsKeyUntilATombstoneEndsThem() throws Exception {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (QueuedSender sender = sender(producer)) {
            KafkaFactPublisher publisher = publisher(sender);
            assertThat(publisher.publish(restored(1)).get()).isEqualTo(new Coordinates("cmk.key-restored", 0, 0));
            publisher.publish(report(Optional.of(WATCHED))).get();
            publisher.publish(report(Optional.empty())).get();
        }
        assertThat(producer.history())
                .extracting(record -> record.topic() + " " + new String(record.key(), UTF_8))
                .containsExactly(
                        "cmk.key-restored contoso",
                        "cmk.key-watch " + KeyWatchCodec.key(CONTOSO, KEY),
                        "cmk.key-watch " + KeyWatchCodec.key(CONTOSO, KEY));
        assertThat(producer.history())
                .extracting(record -> record.value() == null)
                .containsExactly(false, false, true);
    }

    /// Otherwise a record that may be lost counts as published.
    @Test
    void whatKafkaAcknowledgesWithoutAnOffsetIsNotPublished() {
        try (QueuedSender sender = sender(new ProducerWithoutOffsets())) {
            KafkaFactPublisher publisher = publisher(sender);
            assertThatThrownBy(() -> publisher.publish(restored(1)).get())
                    .hasMessageContaining("did not return its offset in cmk.key-restored");
            assertThatThrownBy(() ->
                            publisher.publish(report(Optional.of(WATCHED))).get())
                    .hasMessageContaining("did not return its offset in cmk.key-watch");
        }
    }

    private static QueuedSender sender(Producer<byte[], byte[]> producer) {
        return new QueuedSender("publishes", 1, () -> new EventSender(producer));
    }

    private static KafkaFactPublisher publisher(QueuedSender sender) {
        return new KafkaFactPublisher(
                new TopicNames("cmk."),
                new AvroSerializer(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT),
                sender);
    }

    private static WatchReport report(Optional<WatchStatus> status) {
        return new WatchReport(0, CONTOSO, KEY, status);
    }

    private static Event.OfKey restored(long second) {
        return new Event.KeyRestored(
                CONTOSO,
                new Stamp(Instant.ofEpochSecond(second), new EventId("e" + second)),
                KEY,
                Optional.empty(),
                Optional.empty());
    }
}
