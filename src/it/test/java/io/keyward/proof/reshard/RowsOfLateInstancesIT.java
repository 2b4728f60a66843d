package io.keyward.proof.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.testing.process.Patience;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import io.keyward.topology.store.StateDigest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance that had begun to start before a move can store rows between two attempts. The last attempt moves
/// what is stored then.
@Tag("full")
class RowsOfLateInstancesIT {
    private static final int OLD = 2;
    private static final int NEW = 4;

    private Cluster cluster;
    private KeywardConfig config;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.start(folder);
        config = cluster.config("late.", Map.of("keyward.topics.partitions", Integer.toString(OLD)));
        cluster.withTopics(config);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(config.changelogs().stream()
                            .map(name -> new NewTopic(name, Optional.of(OLD), Optional.empty())
                                    .configs(Map.of("cleanup.policy", "compact")))
                            .toList())
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets(
                            config.applicationId(),
                            Map.of(
                                    new TopicPartition(config.topics().names().name(Topic.POLICY_APPLIED), 0),
                                    new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatWasDeletedAfterAnAttemptIsNotMoved() {
        cluster.sendAll(
                List.of(row("t1", "first"), row("t2", "first"), row("t3", "first"), rules(0, "r1"), rules(1, "r1")));
        try (Reshard killed = reshard(after(Step.COPIED))) {
            assertThatThrownBy(killed::run).hasMessage("killed");
        }
        assertThat(rows(Nodes.TENANTS)).hasSize(NEW);
        cluster.sendAll(List.of(row("t1", null), row("t2", "second"), rules(0, "r2")));
        try (Reshard again = reshard(MoveProgress.NONE)) {
            MovePlan moved = again.run();
            assertThat(moved.rows()).isEqualTo(Map.of(Nodes.ENVIRONMENTS, 2L));
            assertThat(moved.decidesAnew()).isTrue();
        }
        assertThat(rows(Nodes.ENVIRONMENTS)).isEqualTo(Map.of(place("t2"), "second", place("t3"), "first"));
        assertThat(rows(Nodes.TENANTS)).isEmpty();
    }

    private String place(String tenant) {
        return TenantPartitioner.partitionOf(tenant, NEW) + " "
                + RowKeys.environment(new TenantId(tenant), new EnvironmentId("hr"));
    }

    private ProducerRecord<byte[], byte[]> row(String tenant, String value) {
        return new ProducerRecord<>(
                move().changelog(1, Nodes.ENVIRONMENTS),
                TenantPartitioner.partitionOf(tenant, OLD),
                RowKeys.environment(new TenantId(tenant), new EnvironmentId("hr"))
                        .get(),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private ProducerRecord<byte[], byte[]> rules(int partition, String rules) {
        return new ProducerRecord<>(
                move().changelog(1, Nodes.TENANTS),
                partition,
                RowKeys.RULES_ROW.get(),
                rules.getBytes(StandardCharsets.UTF_8));
    }

    /// The rows of a changelog as compaction leaves them, each by its partition and its key, without the seals.
    private Map<String, String> rows(String store) {
        Map<String, String> rows = new TreeMap<>();
        StoredRows stored = new StoredRows(move(), 2, Map.of(move().changelog(2, store), NEW));
        stored.forEach((_, row) -> {
            if (row.value() != null && !Arrays.equals(row.key(), StateDigest.row())) {
                rows.put(
                        row.partition() + " " + Bytes.wrap(row.key()), new String(row.value(), StandardCharsets.UTF_8));
            }
        });
        return rows;
    }

    private static MoveProgress after(Step step) {
        return new MoveProgress() {
            @Override
            public void finished(Step finished) {
                if (finished == step) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private Reshard reshard(MoveProgress progress) {
        return new Reshard(move(), progress, InstantSource.system());
    }

    private Move move() {
        return new Move(
                Map.copyOf(config.kafka().values()),
                config.applicationId(),
                config.topics().names(),
                NEW,
                Patience.LIMIT);
    }
}
