package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.cli.records.EventProducer;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.console.replica.DatabaseSettings;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.FollowedTopics;
import io.keyward.console.replica.Replica;
import io.keyward.console.replica.ReplicaSettings;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import io.keyward.topology.contract.EventLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands `tenant export` and `tenant erase` on a real broker, with the processor and the console's replica.
@ExtendWith(ClusterExtension.class)
class TenantCommandIT {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static Cluster cluster;

    @TempDir
    private Path folder;

    @Test
    void aTenantIsToldOfAndForgotten() throws Exception {
        KeywardConfig config = cluster.config("told.", Map.of());
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            publishSample(config, "1-contoso", "3-tailspin");
            await().until(() -> backlog.undecided().isEmpty());
            try (Replica replica = Replica.start(followed(config))) {
                await().until(() -> tenantsIn(replica).equals(List.of("contoso", "tailspin")));

                export();
                erase();

                await().until(() -> tenantsIn(replica).equals(List.of("tailspin")));
                await().until(() -> timelineIsEmpty(replica));
            }
            instance.rethrowFailure();
        }
    }

    /// The event lines of the export are decided as they were.
    private void export() throws IOException {
        Path file = folder.resolve("contoso.jsonl");
        Run exported = run(TenantExportCommand.class, "told.", "contoso", "--output", file.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(exported.err()).contains("Exported 20 event lines").doesNotContain("Not exported");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).noneMatch(line -> line.contains("tailspin"));
        List<String> events = lines.subList(0, 20);
        Run simulated = Run.of(SimulateCommand.class, String.join("\n", events), List.of("-"));
        assertThat(simulated.exitCode()).as(simulated.err()).isZero();
        assertThat(withoutCoordinates(simulated.outLines()))
                .isEqualTo(withoutCoordinates(lines.subList(20, lines.size())));

        Run again = run(TenantExportCommand.class, "told.", "contoso", "--output", file.toString());
        assertThat(again.exitCode()).isOne();
    }

    private void erase() throws IOException {
        Run unconfirmed = run(TenantEraseCommand.class, "told.", "contoso");
        assertThat(unconfirmed.exitCode()).isOne();
        assertThat(unconfirmed.err()).contains("Nothing was erased", "--yes");
        assertThat(run(TenantEraseCommand.class, "told.", "contoso", "--dry-run")
                        .out())
                .startsWith("Stored: 5 environments, facts of 0 keys")
                .doesNotContain("Published: 0", "Erased");

        Run erased = run(TenantEraseCommand.class, "told.", "contoso", "--yes");

        assertThat(erased.exitCode()).as(erased.err()).isZero();
        assertThat(erased.out())
                .contains("5 environments, facts of 0 keys", "until ", "told.policy-applied", "told.dead-letters");
        assertThat(run(TenantEraseCommand.class, "told.", "contoso", "--dry-run")
                        .out())
                .startsWith("Stored: 0 environments, facts of 0 keys, 0 rows in all. Published: 0 records.")
                .contains("Erased at");
        assertThat(run(TenantEraseCommand.class, "told.", "tailspin", "--dry-run")
                        .out())
                .doesNotContain("Stored: 0", "Published: 0", "Erased");
    }

    @Test
    void aRequestThatIsNotDoneInTimeStays() throws IOException {
        KeywardConfig config = cluster.config("late.", Map.of());
        cluster.withTopics(config);

        Run run = run(TenantEraseCommand.class, "late.", "contoso", "--yes", "--timeout", "PT0S");

        assertThat(run.exitCode()).isOne();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("not erased yet", "late.tenant-erased", "tenant erase contoso --dry-run --config");
        assertThat(cluster.read(config.topics().names().name(Topic.TENANT_ERASED)))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("contoso"));
    }

    private static void publishSample(KeywardConfig config, String... names) throws IOException {
        try (SchemaRegistry registry = RegistryConnection.open(config);
                EventProducer producer = EventProducer.connect(config, registry)) {
            for (String name : names) {
                List<String> lines = Files.readAllLines(Path.of("src/sandbox/main/resources/sample", name + ".jsonl"));
                producer.sendInOrder(lines.stream().map(EventLine::parse).toList());
            }
        }
    }

    private ReplicaSettings followed(KeywardConfig config) {
        return new ReplicaSettings(
                config.kafka(),
                new FollowedTopics(config.applicationId(), config.topics().names()),
                new DatabaseSettings(
                        folder.resolve("replica"), 16 << 20, DatabaseSettings.TIMELINE_KEPT, "not compared here"),
                InstantSource.system());
    }

    private static List<String> tenantsIn(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.environments(EnvironmentQuery.all(100)).entries().stream()
                    .map(row -> row.tenant().value())
                    .distinct()
                    .toList();
        }
    }

    private static boolean timelineIsEmpty(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.timeline(CONTOSO, Optional.of(new EnvironmentId("hr-prod")), Optional.empty(), 100)
                            .entries()
                            .isEmpty()
                    && view.timeline(CONTOSO, Optional.empty(), Optional.empty(), 1)
                            .entries()
                            .isEmpty();
        }
    }

    /// Sorted, because the order over several topics is not guaranteed; without the coordinates of causes.
    private static List<String> withoutCoordinates(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\"topic\":\"[a-z]+\\.", "\"topic\":\"")
                        .replaceAll("\"partition\":\\d+,\"offset\":\\d+", "")
                        .replaceAll("(\"incident\":\"[A-Z_]+:\\d+:)[^\"]*", "$1"))
                .sorted()
                .toList();
    }

    private Run run(Class<?> command, String prefix, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--config",
                Files.writeString(
                                folder.resolve(prefix + "properties"),
                                cluster.config(prefix, Map.of()).describe())
                        .toString()));
        return Run.of(command, "", all);
    }
}
