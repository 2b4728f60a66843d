package io.keyward.proof;

import io.keyward.client.TenantPartitioner;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Lifecycle;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.topology.Events;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/// Measures how long the state of many environments takes to be verified. The product's own topology decides them,
/// without a broker; its rows and all of its outputs are then written to a broker in this process, spread over 12
/// partitions as on a cluster, and verified from there. To be run by hand: a folder for the broker, how many
/// environments, and how often to verify.
///
/// Each tenant has 100 environments under 10 keys. All have flows that stay on the Microsoft-managed key; one key in
/// ten was revoked and restored, one in ten is revoked, and one environment in twenty has left
/// its key, so that it has a deadline.
final class StateVerificationMeasurement {
    private static final int PARTITIONS = 12;
    private static final int ENVIRONMENTS_PER_TENANT = 100;
    private static final int KEYS_PER_TENANT = 10;
    private static final int TENANTS_AT_ONCE = 100;
    private static final RuleProfile PROFILE = Profiles.SEED;

    private final EmbeddedKafka kafka;
    private final int environments;
    private long records;
    private long bytes;
    private SchemaRegistry registry;

    private StateVerificationMeasurement(EmbeddedKafka kafka, int environments) {
        this.kafka = kafka;
        this.environments = environments;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "state");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            StateVerificationMeasurement measurement =
                    new StateVerificationMeasurement(kafka, Integer.parseInt(args[1]));
            measurement.createTopics();
            measurement.write();
            for (int time = 0; time < Integer.parseInt(args[2]); time++) {
                measurement.verify();
            }
        }
    }

    private Subject subject() {
        return new Subject(settings(), InMemoryLog.APPLICATION, TopologyHarness.NAMES, PROFILE, registry);
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private void createTopics() throws Exception {
        List<String> names = new ArrayList<>(
                KeywardTopology.stores().stream().map(InMemoryLog::changelog).toList());
        TopicLayout.OUTPUTS.forEach(topic -> names.add(TopologyHarness.NAMES.name(topic)));
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    private void write() {
        long begun = System.nanoTime();
        int tenants = environments / ENVIRONMENTS_PER_TENANT;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "compression.type",
                        "lz4",
                        "batch.size",
                        1 << 17,
                        "linger.ms",
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int first = 0; first < tenants; first += TENANTS_AT_ONCE) {
                try (VerifiedHarness harness = VerifiedHarness.start(PROFILE)) {
                    for (int tenant = first; tenant < Math.min(tenants, first + TENANTS_AT_ONCE); tenant++) {
                        decide(harness.topology(), "tenant-%06d-5f1c-4a55-9d3b-0123456789ab".formatted(tenant));
                    }
                    send(harness, producer);
                    // Each topology registers the same schemas in the same order.
                    registry = harness.topology().registry();
                }
            }
        }
        System.out.printf(
                "%,d environments: %,d records of %,d bytes written in %.0f s%n",
                environments, records, bytes, seconds(begun));
    }

    private static void decide(TopologyHarness topology, String tenant) {
        topology.send(Events.limit(1, tenant, ENVIRONMENTS_PER_TENANT));
        for (int k = 0; k < KEYS_PER_TENANT; k++) {
            topology.send(Events.rotated(1, tenant, "customer-key-" + k, "v1"));
        }
        for (int e = 0; e < ENVIRONMENTS_PER_TENANT; e++) {
            String environment = "environment-%04d-8c1d-4f0e-b6a7-0123456789ab".formatted(e);
            topology.send(Events.changed(1, tenant, environment, Lifecycle.ACTIVE, Events.flowsFrom(0)));
            topology.send(Events.applied(2, tenant, environment, "customer-key-" + e % KEYS_PER_TENANT));
            if (e % 20 == 19) {
                topology.send(Events.removed(3, tenant, environment, "customer-key-" + e % KEYS_PER_TENANT));
            }
        }
        topology.send(Events.revoked(4, tenant, "customer-key-0"));
        topology.send(Events.revoked(4, tenant, "customer-key-1"));
        topology.send(Events.restored(5, tenant, "customer-key-1"));
    }

    private void send(VerifiedHarness harness, KafkaProducer<byte[], byte[]> producer) {
        harness.log().all().forEach(record -> {
            String store = KeywardTopology.stores().stream()
                    .filter(name -> InMemoryLog.changelog(name).equals(record.topic()))
                    .findFirst()
                    .orElse(null);
            if (store == null) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                send(producer, record.topic(), key.substring(0, key.indexOf('/')), record.key(), record.value());
            } else {
                RowKeys.tenant(store, Bytes.wrap(record.key()))
                        .ifPresentOrElse(
                                tenant -> send(producer, record.topic(), tenant.value(), record.key(), record.value()),
                                () -> sendToAll(producer, record.topic(), record.key(), record.value()));
            }
        });
        producer.flush();
    }

    private void sendToAll(KafkaProducer<byte[], byte[]> producer, String topic, byte[] key, byte[] value) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var _ = producer.send(new ProducerRecord<>(topic, partition, key, value));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, String tenant, byte[] key, byte[] value) {
        records++;
        bytes += key.length + (value == null ? 0 : value.length);
        var _ = producer.send(
                new ProducerRecord<>(topic, TenantPartitioner.partitionOf(tenant, PARTITIONS), key, value));
    }

    private void verify() {
        long begun = System.nanoTime();
        Report report = StateVerification.run(subject(), ProofProgress.NONE, Duration.ofSeconds(60));
        System.out.printf(
                "verified in %.1f s: %,d environments, %,d keys, %,d tenants, %,d outputs; holds: %s %s%n",
                seconds(begun),
                report.environments(),
                report.keys(),
                report.tenants(),
                report.outputs(),
                report.holds(),
                report.findings().stream().limit(3).toList());
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.out.printf(
                "heap: %,d MiB of %,d MiB in use after a collection%n",
                (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
