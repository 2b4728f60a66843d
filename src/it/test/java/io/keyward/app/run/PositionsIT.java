package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.avro.PublicationReader;
import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroDeserializer;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The position of every output stays exact through rebalances and restarts: the events below it, and no other,
/// give what the output says. Some records are refused, and some lie on a wrong partition.
@ExtendWith(ClusterExtension.class)
class PositionsIT {
    private static final List<String> TENANTS =
            IntStream.range(0, 9).mapToObj(n -> "tenant-" + n).toList();
    private static Cluster cluster;

    private final KeywardConfig config = cluster.config("positions.", Map.of());
    private final KeywardConfig other =
            cluster.config("positions.", Map.of("keyward.state.dir", config.value(StateSettings.DIR) + "-other"));
    private final TopicNames names = config.topics().names();

    @Test
    void theEventsBelowThePositionOfAnOutputGiveWhatItSays() {
        cluster.withTopics(config);
        try (Instance first = started(config)) {
            send(tenant -> List.of(clean(1, tenant, "hr"), clean(1, tenant, "it"), applied(2, tenant, "hr", "k1")));
            try (Instance second = started(other)) {
                await().until(() -> membersWithPartitions() == 2);
                send(tenant -> List.of(rotated(3, tenant, "k1", "v2"), revoked(4, tenant, "k1")));
                assertThat(second.hasEnded()).isFalse();
            }
            await().until(() -> membersWithPartitions() == 1);
            send(tenant -> List.of(applied(5, tenant, "it", "k1"), restored(6, tenant, "k1")));
            assertThat(first.hasEnded()).isFalse();
        }
        try (Instance again = started(config)) {
            send(tenant -> List.of(removed(7, tenant, "hr", "k1"), clean(7, tenant, "it")));
            assertThat(again.hasEnded()).isFalse();
        }

        List<ConsumerRecord<String, byte[]>> inputs = Topic.readByTheProcessor().stream()
                .flatMap(topic -> cluster.read(names.name(topic)).stream())
                .toList();
        assertThat(cluster.read(names.rerouted())).isNotEmpty();
        assertThat(cluster.read(names.deadLetters())).isNotEmpty();
        List<ConsumerRecord<String, byte[]>> decisions = cluster.read(names.decisions());
        assertThat(decisions).hasSizeGreaterThan(5 * TENANTS.size());
        decisions.forEach(output -> assertThatInputsGive(output, inputs));
    }

    private void assertThatInputsGive(
            ConsumerRecord<String, byte[]> output, List<ConsumerRecord<String, byte[]>> inputs) {
        Publication.OfDecision decision = decision(output);
        Position position = Position.of(output.headers()).orElseThrow();
        String tenant = decision.tenantId().value();
        assertThat(position.partition()).isEqualTo(TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS));
        List<Event> below = inputs.stream()
                .filter(input -> input.partition() == position.partition()
                        && input.offset()
                                < position.next(names.topic(input.topic()).orElseThrow())
                        && !isRefused(input.value()))
                .map(input -> cluster.eventOf(input.value()))
                .filter(event -> event.tenantId().value().equals(tenant))
                .toList();
        assertThat(ReferenceModel.after(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(), below)
                        .tenant(decision.tenantId())
                        .verdicts()
                        .get(decision.environmentId().orElseThrow())
                        .decision())
                .as("%s revision %d at %s", output.key(), decision.revision(), position)
                .isEqualTo(decision.decision());
    }

    private static Publication.OfDecision decision(ConsumerRecord<String, byte[]> output) {
        AvroDeserializer reader = TopicSchemas.reader(cluster.registry(), Topic.withSchema(Topic.Direction.OUT));
        return (Publication.OfDecision) PublicationReader.read(reader.deserialize(output.topic(), output.value()));
    }

    private static final byte[] NO_EVENT = "no event".getBytes(StandardCharsets.UTF_8);

    private static boolean isRefused(byte[] value) {
        return value.length == NO_EVENT.length;
    }

    @FunctionalInterface
    private interface Story {
        List<Event> of(String tenant);
    }

    /// Sends the events of all tenants in turns, every fourth one to a wrong partition, with refused records in
    /// between, and returns when all are decided.
    private void send(Story story) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String tenant : TENANTS) {
            int owningPartition = TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS);
            for (Event event : story.of(tenant)) {
                Topic topic = Cluster.topicOf(event);
                int partition = records.size() % 4 == 0 ? (owningPartition + 1) % Cluster.PARTITIONS : owningPartition;
                records.add(new ProducerRecord<>(names.name(topic), partition, null, cluster.bytesOf(topic, event)));
                records.add(new ProducerRecord<>(names.name(topic), owningPartition, null, NO_EVENT));
            }
        }
        cluster.sendAll(records);
        try (Backlog backlog = Backlog.connect(config)) {
            await().until(() -> backlog.undecided().isEmpty());
        }
    }

    private static Instance started(KeywardConfig config) {
        Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
        instance.start();
        return instance;
    }

    private long membersWithPartitions() throws ExecutionException, InterruptedException {
        String group = config.applicationId();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            List<Set<TopicPartition>> assigned =
                    admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members().stream()
                            .map(MemberDescription::assignment)
                            .map(assignment -> assignment.topicPartitions())
                            .filter(partitions -> !partitions.isEmpty())
                            .collect(Collectors.toList());
            return assigned.stream().flatMap(Set::stream).count()
                            == (long) Topic.readByTheProcessor().size() * Cluster.PARTITIONS
                    ? assigned.size()
                    : 0;
        }
    }
}
