package io.keyward.cli.command;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.app.run.Instance;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `verify state` on a real broker; each test has an application of its own.
@ExtendWith(ClusterExtension.class)
class VerifyCommandIT {
    private static final Map<String, String> REPORTING = Map.of("keyward.rules.evidence", "report");
    private static Cluster cluster;

    @TempDir
    private Path folder;

    /// Fan-outs, slots that move, and transactions that are open at any moment.
    @Test
    void aLiveApplicationHoldsWhenever() throws IOException {
        KeywardConfig config = cluster.config("live.", REPORTING);
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        AtomicBoolean stop = new AtomicBoolean();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            // Not in the common pool, which the client of the registry needs.
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> {
                        for (int round = 1; !stop.get(); round++) {
                            cluster.send(names, events(round).toArray(Event[]::new));
                        }
                    },
                    Thread::startVirtualThread);
            Patience.until(
                    "decisions come", () -> cluster.read(names.decisions()).size() > 500);
            for (int time = 0; time < 8; time++) {
                Run run = verify(config, "--json");
                assertThat(run.out()).contains("\"holds\":true");
                assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            }
            assertThat(load).as("the load went on all the time").isNotDone();
            stop.set(true);
            load.join();
        }
        Run run = verify(config);
        assertThat(run.out()).startsWith("Verified: ").contains("0 differences, 0 not verifiable");
    }

    private static List<Event> events(int round) {
        List<Event> events = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            String tenant = "tenant-" + t;
            events.add(limit(round, tenant, 10 + round % 7));
            for (int e = 0; e < 20; e++) {
                String environment = "environment-" + (round % 5 * 20 + e);
                events.add(clean(round, tenant, environment));
                events.add(applied(round, tenant, environment, "k" + e % 2));
                events.add(reported(round, tenant, environment, "k" + e % 2));
            }
            events.add(round % 2 == 0 ? revoked(round, tenant, "k0") : restored(round, tenant, "k0"));
        }
        return events;
    }

    @Test
    void whatWasTamperedWithIsNamed() throws IOException {
        KeywardConfig config = cluster.config("tampered.", Map.of());
        decide(config);
        assertThat(verify(config).exitCode()).isZero();
        TopicNames names = config.topics().names();
        int owningPartition = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);
        cluster.send(new ProducerRecord<>(
                names.decisions(), owningPartition, "contoso/hr".getBytes(StandardCharsets.UTF_8), null));

        Run run = verify(config);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines().getFirst())
                .startsWith("DIFFERS  tampered.encryption-decisions partition " + owningPartition + " offset ")
                .contains("contoso/hr: R24: ");
        assertThat(run.outLines().getLast())
                .startsWith("NOT verified: 1 environments")
                .contains("1 differences");

        Run pushed = verify(config, "--push", "http://127.0.0.1:1/metrics/job/keyward-proof");
        assertThat(pushed.exitCode()).isEqualTo(1);
        assertThat(pushed.outLines()).isEqualTo(run.outLines());
        assertThat(pushed.err()).contains("could not be pushed to http://127.0.0.1:1/metrics/job/keyward-proof");

        JsonNode report =
                JsonMapper.builder().build().readTree(verify(config, "--json").out());
        assertThat(report.path("holds").asBoolean(true)).isFalse();
        assertThat(report.path("findings").get(0).path("environmentId").asText())
                .isEqualTo("hr");
        assertThat(report.path("findings").get(0).path("rule").asText()).isEqualTo("R24");
    }

    @Test
    void otherRulesAreToldApartFromDifferences() throws IOException {
        KeywardConfig config = cluster.config("rules.", Map.of());
        decide(config);

        Run run = verify(cluster.config("rules.", Map.of("keyward.rules.profile", "2024-10-08")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines().getFirst())
                .startsWith("NOT VERIFIABLE  rules.keyward-tenants-changelog partition ")
                .contains("Other rules decided last");
    }

    private static void decide(KeywardConfig config) {
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
            Patience.until(
                    "both events are decided",
                    () -> cluster.published(names.decisions()).size() == 2);
        }
    }

    @Test
    void anApplicationThatNeverRanIsNamed() throws IOException {
        KeywardConfig config = cluster.config("never.", Map.of());
        assertThat(verify(config).err())
                .contains("There is no topic never.analytics-suppressions", "bin/keyward topics create");
        cluster.withTopics(config);

        Run run = verify(config);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("There is no topic never.keyward-", "has never run on this cluster");
    }

    private Run verify(KeywardConfig config, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve(config.applicationId() + ".properties"), config.describe());
        List<String> all = new ArrayList<>(List.of("state", "--config", file.toString()));
        all.addAll(List.of(arguments));
        return Run.of(VerifyCommand.class, "", all);
    }
}
