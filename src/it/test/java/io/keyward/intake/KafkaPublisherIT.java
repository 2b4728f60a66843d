package io.keyward.intake;

import static io.keyward.intake.Deliveries.CONTOSO;
import static io.keyward.intake.Deliveries.GRID;
import static io.keyward.intake.Deliveries.HINT;
import static io.keyward.intake.Deliveries.REFUSED;
import static io.keyward.intake.Deliveries.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.testing.Cluster;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real broker and a real registry.
class KafkaPublisherIT {
    private static final Event.OfKey ROTATED = new Event.KeyRotated(
            CONTOSO,
            new Stamp(Deliveries.LONG_AGO, new EventId("eg:7")),
            new KeyId("https://kv-contoso.vault.azure.net", "hr"),
            new KeyVersion("v2"),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void whatIsAcknowledgedIsThereAndWhatIsNotFailsUntilTheBrokerIsBack() throws Exception {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("cmk.", Map.of());
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            ValueSerde values = ValueSerde.own(cluster.registry(), SerializerSettings.DEFAULT);
            try (KafkaPublisher publisher =
                    KafkaPublisher.start(config.kafka().values(), names, values.writer(), Duration.ofSeconds(5))) {
                Patience.until("the topics take records", () -> isTaken(publish(publisher)));

                cluster.stopKafka();
                CompletableFuture<Void> refused = publish(publisher);
                assertThatThrownBy(refused::get).isInstanceOf(ExecutionException.class);
                cluster.startKafkaAgain();
                Patience.until("the broker takes records again", () -> isTaken(publish(publisher)));
            }
            ConsumerRecord<String, byte[]> fact =
                    cluster.read(names.name(Topic.KEY_ROTATED)).getLast();
            assertThat(cluster.eventOf(fact.value())).isEqualTo(ROTATED);
            assertThat(fact.key()).isEqualTo("contoso");
            assertThat(fact.timestamp()).isGreaterThan(Deliveries.LONG_AGO.toEpochMilli());
            ConsumerRecord<String, byte[]> deadLetter =
                    cluster.read(names.deadLetters()).getLast();
            assertThat(deadLetter.value()).asString(UTF_8).isEqualTo("{\"id\":\"7\"}");
            assertThat(deadLetter.headers().lastHeader("keyward.reason").value())
                    .asString(UTF_8)
                    .isEqualTo("INVALID_FIELD");
        }
    }

    private static CompletableFuture<Void> publish(KafkaPublisher publisher) {
        return publisher.publish(CONTOSO, GRID, List.of(item(new Finding.Fact(ROTATED)), item(HINT), item(REFUSED)));
    }

    private static boolean isTaken(CompletableFuture<Void> delivery) {
        try {
            delivery.get();
            return true;
        } catch (ExecutionException _) {
            return false;
        } catch (InterruptedException stopped) {
            throw Patience.interrupted(stopped);
        }
    }
}
