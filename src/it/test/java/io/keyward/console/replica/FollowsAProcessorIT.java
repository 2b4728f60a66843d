package io.keyward.console.replica;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.domain.Decider;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.ops.http.Caller;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Running;
import io.keyward.topology.contract.RuleProfiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas beside a real processor, which is stopped and killed.
@ExtendWith(ClusterExtension.class)
class FollowsAProcessorIT {
    private static final int ENVIRONMENTS = 600;

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @Test
    void twoReplicasHoldWhatWasPublishedAlsoWhenTheProcessorIsKilledInTheMiddle() {
        KeywardConfig config = cluster.config("killed.", Map.of());
        cluster.withTopics(config);
        try (Replica one = Replica.start(settings(config, "one"));
                Replica other = Replica.start(settings(config, "other"))) {
            try (ProcessorProgram processor = ProcessorProgram.start(folder, "killed", config, Map.of())) {
                Running.within().until(() -> one.status().ready());
                cluster.sendAll(config.topics().names(), events());
                Running.within().until(() -> states(one).size() > ENVIRONMENTS / 10);
                processor.kill();
            }
            assertThat(one.status().ready()).isTrue();
            assertThat(states(one)).isNotEmpty();
            Running.whileRunning(config, () -> {
                Running.awaitDecisions(config);
                Running.within().untilAsserted(() -> assertThat(missing(one)).isEmpty());
            });
            Map<String, String> published = published(config);
            assertThat(published).hasSize(ENVIRONMENTS);
            Running.within().untilAsserted(() -> assertThat(states(one)).isEqualTo(published));
            Running.within().untilAsserted(() -> assertThat(states(other)).isEqualTo(published));
        }
    }

    private static Stream<Event> events() {
        return Stream.of(
                        IntStream.range(0, ENVIRONMENTS).mapToObj(i -> clean(1, tenant(i), "e" + i)),
                        IntStream.range(0, ENVIRONMENTS).mapToObj(i -> applied(2, tenant(i), "e" + i, "k1")),
                        IntStream.range(0, ENVIRONMENTS / 20).mapToObj(i -> revoked(3, "t" + i, "k1")))
                .flatMap(stream -> stream);
    }

    private static String tenant(int environment) {
        return "t" + environment / 10;
    }

    private static ReplicaSettings settings(KeywardConfig config, String name) {
        return new ReplicaSettings(
                config.kafka(),
                new FollowedTopics(config.applicationId(), config.topics().names()),
                new DatabaseSettings(
                        folder.resolve("replica-" + name),
                        16 << 20,
                        DatabaseSettings.TIMELINE_KEPT,
                        Decider.rulesOf(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow())),
                InstantSource.system());
    }

    private static Map<String, String> published(KeywardConfig config) {
        return cluster.standing(config.topics().names().decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .collect(Collectors.toMap(
                        decided -> decided.tenantId() + "/"
                                + decided.environmentId().orElseThrow(),
                        decided -> decided.revision() + " " + decided.decision().encryptionState()));
    }

    private static Map<String, String> states(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            Map<String, String> states = new TreeMap<>();
            List<EnvironmentRow> rows =
                    view.environments(EnvironmentQuery.all(2 * ENVIRONMENTS)).entries();
            rows.forEach(row -> states.put(
                    row.tenant() + "/" + row.environment(),
                    row.state().published().revision() + " "
                            + row.state().published().decision().orElseThrow().encryptionState()));
            return states;
        }
    }

    private static List<String> missing(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.staleness().missing();
        }
    }
}
