package io.keyward.proof.reshard;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.rotated;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.RowKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Measures a move with many environments on a broker in this process. The rows are those that the topology stores for
/// each environment with a policy, of which every tenth was removed, and every fifth reported. To be run by hand: a
/// folder for the broker, how many environments, and the old and the new partition count.
final class ReshardMeasurement {
    private static final int ENVIRONMENTS_PER_TENANT = 50;
    private static final int TENANTS_AT_ONCE = 100;

    private final Cluster cluster;
    private final KeywardConfig config;
    private final int from;
    private long rows;

    private ReshardMeasurement(Cluster cluster, int from) {
        this.cluster = cluster;
        this.from = from;
        this.config = cluster.config(
                "measured.",
                Map.of(
                        "keyward.topics.partitions",
                        Integer.toString(from),
                        "keyward.kafka.default.api.timeout.ms",
                        "60000"));
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "reshard");
        int environments = Integer.parseInt(args[1]);
        int to = Integer.parseInt(args[3]);
        try (Cluster cluster = Cluster.start(folder)) {
            ReshardMeasurement measurement = new ReshardMeasurement(cluster, Integer.parseInt(args[2]));
            measurement.prepare();
            measurement.fill(environments);
            System.out.printf("%,d environments, %,d rows%n", environments, measurement.rows);
            Move move = new Move(
                    Map.copyOf(measurement.config.kafka().values()),
                    measurement.config.applicationId(),
                    measurement.config.topics().names(),
                    to,
                    Duration.ofSeconds(10));
            try (Reshard reshard = new Reshard(move, MoveProgress.NONE, InstantSource.system())) {
                time("plan", reshard::plan);
                time("run", reshard::run);
            }
        }
    }

    private static void time(String what, Runnable work) {
        long began = System.nanoTime();
        work.run();
        System.out.printf(
                "%s: %.1f s, heap in use %d MiB%n",
                what,
                (System.nanoTime() - began) / 1e9,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private void prepare() throws ExecutionException, InterruptedException {
        cluster.withTopics(config);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.createTopics(config.changelogs().stream()
                            .map(name -> new NewTopic(name, Optional.of(from), Optional.empty())
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

    private void fill(int environments) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "50", "batch.size", "262144"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            int atOnce = TENANTS_AT_ONCE * ENVIRONMENTS_PER_TENANT;
            for (int first = 0; first < environments; first += atOnce) {
                write(producer, IntStream.range(first, Math.min(environments, first + atOnce)));
            }
        }
    }

    private void write(KafkaProducer<byte[], byte[]> producer, IntStream environments) {
        try (TopologyHarness harness = TopologyHarness.start()) {
            environments.forEach(number -> decide(harness, number));
            for (String store : KeywardTopology.stores()) {
                String changelog = KeywardTopology.changelog(config.applicationId(), store);
                try (KeyValueIterator<Bytes, byte[]> all = harness.store(store).all()) {
                    all.forEachRemaining(row -> {
                        int partition = RowKeys.tenant(store, row.key)
                                .map(tenant -> TenantPartitioner.partitionOf(tenant.value(), from))
                                .orElse(0);
                        var _ = producer.send(new ProducerRecord<>(changelog, partition, row.key.get(), row.value));
                        rows++;
                    });
                }
            }
            producer.flush();
        }
    }

    private static void decide(TopologyHarness harness, int number) {
        String tenant = "tenant-" + number / ENVIRONMENTS_PER_TENANT;
        String environment = "environment-" + number;
        if (number % ENVIRONMENTS_PER_TENANT == 0) {
            harness.send(rotated(1, tenant, "k1", "v1"));
        }
        harness.send(clean(1, tenant, environment));
        harness.send(applied(2, tenant, environment, "k1"));
        if (number % 10 == 0) {
            harness.send(removed(3, tenant, environment, "k1"));
        }
        if (number % 5 == 0) {
            harness.send(reported(3, tenant, environment, "k1"));
        }
        for (Topic topic :
                List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS, Topic.TIME_REACHED)) {
            harness.rawOutput(topic);
        }
    }
}
