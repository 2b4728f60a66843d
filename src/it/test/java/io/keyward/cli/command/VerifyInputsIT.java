package io.keyward.cli.command;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import io.keyward.testing.SigningKeyFiles;
import io.keyward.testing.process.Patience;
import io.keyward.topology.Events;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `verify base` and `verify inputs` on a real broker, with the command line.
@ExtendWith(ClusterExtension.class)
class VerifyInputsIT {
    private static final int OWNING_PARTITION = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);
    private static Cluster cluster;

    @TempDir
    private Path folder;

    private final KeywardConfig config = cluster.config("proof.", Map.of());
    private final TopicNames names = config.topics().names();

    /// A live application, misplaced records, a base, retention, and a fact that is lost.
    @Test
    void whatTheInputsStateIsAmongTheFactsAndWhatIsNotIsNamed() throws Exception {
        cluster.withTopics(config);
        SigningKeyFiles keys = SigningKeyFiles.in(folder);
        Path base = folder.resolve("base");
        AtomicBoolean stop = new AtomicBoolean();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> {
                        for (int round = 1; !stop.get(); round++) {
                            sendRound(1 + round % 200);
                            Patience.pause(); // else it takes the processor from all others
                        }
                    },
                    Thread::startVirtualThread);
            Patience.until(
                    "decisions come",
                    () -> cluster.read(names.decisions()).stream()
                                    .filter(decision -> decision.partition() == OWNING_PARTITION)
                                    .count()
                            > 100);
            assertThat(verify("base", "--output", base, "--signing-key", keys.privateKey())
                            .exitCode())
                    .isZero();
            for (int time = 0; time < 3; time++) {
                JsonNode report = json(verify("inputs", "--json"));
                assertThat(report.path("findings")).isEmpty();
            }
            assertThat(load).as("the load went on all the time").isNotDone();
            stop.set(true);
            load.join();
            Patience.until("everything is decided", this::nothingIsUndecided);
        }
        assertThat(cluster.read(names.rerouted())).isNotEmpty();
        Run whole = verify("inputs");
        assertThat(whole.exitCode()).as(whole.out() + whole.err()).isZero();
        assertThat(whole.out()).startsWith("Verified: ").contains("0 differences, 0 not verifiable");
        Run sinceBase = verify("inputs", "--base", base, "--public-key", keys.publicKey());
        assertThat(sinceBase.exitCode()).as(sinceBase.out() + sinceBase.err()).isZero();

        long last = cluster.read(names.decisions()).stream()
                .filter(decision -> decision.partition() == OWNING_PARTITION)
                .mapToLong(ConsumerRecord::offset)
                .max()
                .orElseThrow();
        Run output = verify("output", "encryption-decisions", OWNING_PARTITION, last);
        assertThat(output.exitCode()).as(output.out() + output.err()).isZero();
        assertThat(output.out()).startsWith("Verified: 1 environments");
        Run missing = verify("output", names.decisions(), OWNING_PARTITION, last + 1_000);
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no record at offset " + (last + 1_000));
        assertThat(verify("output", "dead-letters", OWNING_PARTITION, 0).err())
                .contains("must be encryption-decisions");
        Run sample = verify("sample", "--records", 5);
        assertThat(sample.exitCode()).as(sample.out() + sample.err()).isZero();
        assertThat(sample.out()).startsWith("Verified: 5 environments");

        deleteFirst(Topic.KEY_REVOKED);
        Run afterRetention = verify("inputs");
        assertThat(afterRetention.exitCode()).isEqualTo(1);
        assertThat(afterRetention.outLines().getFirst())
                .startsWith("NOT VERIFIABLE  proof.key-revoked partition " + OWNING_PARTITION)
                .contains("offsets 0 to 0");
        Run covered = verify("inputs", "--base", base, "--public-key", keys.publicKey());
        assertThat(covered.exitCode())
                .as("the base covers what retention has deleted: " + covered.out() + covered.err())
                .isZero();

        cluster.send(new ProducerRecord<>(
                config.applicationId() + "-" + Nodes.KEYS + "-changelog",
                OWNING_PARTITION,
                RowKeys.key(new TenantId("contoso"), Events.key("k1")).get(),
                null));
        Run older = verify("sample", "--base", base, "--public-key", keys.publicKey());
        assertThat(older.exitCode()).as(older.out() + older.err()).isZero();

        JsonNode lost = json(verify("inputs", "--json"));
        assertThat(lost.path("holds").asBoolean(true)).isFalse();
        assertThat(lost.path("findings").get(0).path("topic").asText()).startsWith("proof.key-");
        assertThat(lost.path("findings").get(0).path("tenantId").asText()).isEqualTo("contoso");
        assertThat(lost.path("findings").get(0).path("rule").asText()).isNotEmpty();

        Files.writeString(base.resolve("partition-1.rows.gz"), "tampered");
        Run tampered = verify("inputs", "--base", base, "--public-key", keys.publicKey());
        assertThat(tampered.exitCode()).isEqualTo(1);
        assertThat(tampered.err()).contains("The base is refused", "partition-1.rows.gz");
        assertThat(verify("inputs", "--base", base).err()).contains("--public-key");
    }

    private static void sendRoundTo(TopicNames names, int round, String tenant) {
        String environment = "environment-" + round % 7;
        cluster.send(
                names,
                clean(round, tenant, environment),
                applied(round, tenant, environment, "k1"),
                reported(round, tenant, environment, "k1"),
                round % 2 == 0 ? revoked(round, tenant, "k1") : restored(round, tenant, "k1"));
    }

    private void sendRound(int round) {
        for (String tenant : List.of("contoso", "fabrikam", "northwind")) {
            sendRoundTo(names, round, tenant);
            Event stray = applied(round, tenant, "stray", "k2");
            cluster.send(new ProducerRecord<>(
                    names.name(Topic.POLICY_APPLIED),
                    round % Cluster.PARTITIONS,
                    null,
                    cluster.bytesOf(Topic.POLICY_APPLIED, stray)));
        }
    }

    private boolean nothingIsUndecided() {
        try (Backlog backlog = Backlog.connect(config)) {
            return backlog.undecided().isEmpty();
        }
    }

    private void deleteFirst(Topic topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(names.name(topic), OWNING_PARTITION), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
    }

    private static JsonNode json(Run run) throws IOException {
        return JsonMapper.builder().build().readTree(run.out());
    }

    private Run verify(String proof, Object... arguments) throws IOException {
        Path file = Files.write(
                folder.resolve("keyward.properties"), config.describe().getBytes(StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(List.of(proof, "--config", file.toString()));
        List.of(arguments).forEach(argument -> all.add(argument.toString()));
        return Run.of(VerifyCommand.class, "", all);
    }
}
