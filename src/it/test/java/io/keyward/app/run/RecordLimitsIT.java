package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Snapshot;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.Extremes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Records beyond what the topics take, on a real broker with Kafka's usual limits or lower ones.
@ExtendWith(ClusterExtension.class)
class RecordLimitsIT {
    private static Cluster cluster;

    @Test
    void theMostThatCanBeKnownOfAnEnvironmentIsDecidedAndStoredWithinTheUsualLimits() {
        KeywardConfig config = config("extreme.");
        TopicNames names = config.topics().names();
        whileRunning(config, () -> {
            cluster.send(names, Extremes.events().toArray(Event[]::new));
            awaitDecisions(config);
        });
        assertThat(cluster.read(names.deadLetters())).isEmpty();
        assertThat(cluster.published(names.decisions()).getLast())
                .isInstanceOfSatisfying(Publication.OfDecision.class, last -> {
                    assertThat(last.decision().encryptionState()).isEqualTo(EncryptionState.LOCKED);
                    assertThat(last.openWarnings()).hasSizeGreaterThan(5);
                });
        assertThat(cluster.published(names.warnings()).stream()
                        .map(Publication.OfWarning.class::cast)
                        .map(warning -> warning.incident().subjectCount()))
                .as("groups, of which a hundred are named")
                .contains(Snapshot.MAX_GROUPS);
    }

    /// Compression makes it small, so no limit of the topic rejects it. It is refused on any partition, so its
    /// headers cannot make outputs too large.
    @Test
    void whatIsTooLargeToBePassedOnIsCutAndEverythingElseFlowsOn() {
        KeywardConfig config = config("large.");
        TopicNames names = config.topics().names();
        String changes = names.name(Topic.ENVIRONMENT_CHANGED);
        byte[] value = cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "hr"));
        whileRunning(config, () -> {
            for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
                sendCompressed(new ProducerRecord<>(changes, partition, null, Arrays.copyOf(value, 20_000_000)));
                ProducerRecord<byte[], byte[]> withHeaders = new ProducerRecord<>(
                        changes,
                        partition,
                        null,
                        cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "e" + partition)));
                withHeaders.headers().add("large", new byte[900_000]);
                sendCompressed(withHeaders);
            }
            awaitDecisions(config);
        });
        assertThat(cluster.read(names.deadLetters()))
                .hasSize(Cluster.PARTITIONS)
                .allSatisfy(deadLetter -> {
                    assertThat(header(deadLetter, DeadLetterHeaders.REASON)).isEqualTo("TOO_LARGE");
                    assertThat(header(deadLetter, DeadLetters.TRUNCATED)).isEqualTo("20000000");
                    assertThat(deadLetter.value()).startsWith(value).hasSizeGreaterThan(900_000);
                });
        assertThat(cluster.published(names.decisions()))
                .extracting(Publication::key)
                .containsExactlyInAnyOrder("contoso/e0", "contoso/e1", "contoso/e2");
    }

    /// A limit that is lowered while Keyward runs. A start would refuse it.
    @Test
    void aTopicThatTakesTooLittleStopsTheInstanceWithTheCommandThatMendsItAndNothingIsLost() throws Exception {
        KeywardConfig config = config("lowered.");
        TopicNames names = config.topics().names();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
            awaitDecisions(config);
            limit(names.decisions(), 300);
            cluster.send(names, revoked(3, "contoso", "k1"));
            within().until(instance::hasEnded);
            assertThatThrownBy(instance::rethrowFailure)
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining(names.decisions())
                    .hasMessageContaining("topics check");
        }
        assertThatThrownBy(() -> Instance.prepare(config, false, Cluster.NOTHING_DUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(names.decisions() + " has max.message.bytes=300")
                .hasMessageContaining("--add-config max.message.bytes=1048588");
        limit(names.decisions(), 1_048_588);
        whileRunning(config, () -> awaitDecisions(config));
        assertThat(cluster.published(names.decisions()))
                .extracting(p -> ((Publication.OfDecision) p).revision())
                .containsExactly(1L, 2L, 3L);
        assertThat(((Publication.OfDecision)
                                cluster.published(names.decisions()).getLast())
                        .decision()
                        .encryptionState())
                .isEqualTo(EncryptionState.LOCKED);
    }

    private static KeywardConfig config(String prefix) {
        KeywardConfig config = cluster.config(prefix, Map.of());
        cluster.withTopics(config);
        return config;
    }

    private static void limit(String topic, int bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            ConfigEntry entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static void sendCompressed(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        50_000_000,
                        "buffer.memory",
                        100_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(record);
            producer.flush();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
