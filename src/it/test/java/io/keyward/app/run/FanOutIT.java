package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Tries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One key of one tenant that very many environments use. With `-Dfanout.environments=N` there are N of them, and
/// it prints how long they took.
class FanOutIT {
    private static final int ENVIRONMENTS = Integer.getInteger("fanout.environments", Tries.of(100_000));

    /// Far less than all the decisions would take.
    private static final Map<String, String> LITTLE_MEMORY = Map.of("JAVA_TOOL_OPTIONS", "-Xmx160m");

    @TempDir
    Path folder;

    @Test
    void aRevocationReachesEveryEnvironmentOnceThroughAKillWhileOthersAreServedInBetween() {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config(
                    "crowd.", Map.of("keyward.topics.partitions", "1", "keyward.state.memory", "32 MiB"));
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            cluster.sendAll(names, environments());
            long begin = System.nanoTime();
            try (ProcessorProgram first = ProcessorProgram.start(folder, "first", config, LITTLE_MEMORY);
                    Backlog backlog = Backlog.connect(config)) {
                within().until(() -> backlog.undecided().isEmpty());
                say(ENVIRONMENTS + " policies decided", begin);
                cluster.send(names, revoked(3, "crowd", "k1"));
                within().until(() -> first.metric("keyward_sweep_environments_total") > ENVIRONMENTS / 5.0);
                assertThat(first.metric("keyward_sweeps_waiting")).isEqualTo(1);
                first.kill();
            }
            begin = System.nanoTime();
            try (ProcessorProgram second = ProcessorProgram.start(folder, "second", config, LITTLE_MEMORY)) {
                within().until(() -> second.metric("keyward_sweep_environments_total") > 0);
                say("first environment after the kill", begin);
                cluster.send(names, clean(1, "bystander", "hr"));
                within().until(() -> second.metric("keyward_sweeps_waiting") == 0);
                say("last environment after the kill", begin);
                assertThat(second.metric("keyward_fanout_environments_max")).isEqualTo(ENVIRONMENTS);
                assertThat(second.err()).contains("has decided " + ENVIRONMENTS + " environments and is complete");
                second.stop();
            }
            assertThatEachIsLockedOnceAndTheBystanderWasServed(cluster, names);
        }
    }

    /// Policies alone suffice and are cheap: the contents of the environments do not matter here.
    private static Stream<Event> environments() {
        return IntStream.range(0, ENVIRONMENTS).mapToObj(number -> applied(2, "crowd", "e" + number, "k1"));
    }

    private static void assertThatEachIsLockedOnceAndTheBystanderWasServed(Cluster cluster, TopicNames names) {
        Map<String, Long> revisions = new HashMap<>();
        int position = 0;
        int bystander = 0;
        int lastLock = 0;
        for (Publication publication : cluster.published(names.decisions())) {
            Publication.OfDecision decision = (Publication.OfDecision) publication;
            position++;
            assertThat(decision.revision()).isEqualTo(revisions.merge(decision.key(), 1L, Long::sum));
            if (decision.decision().encryptionState() == EncryptionState.LOCKED) {
                assertThat(decision.revision()).isEqualTo(2);
                lastLock = position;
            } else if (decision.tenantId().value().equals("bystander")) {
                bystander = position;
            }
        }
        assertThat(revisions.values().stream().filter(revision -> revision == 2))
                .hasSize(ENVIRONMENTS);
        assertThat(bystander).as("served in between").isPositive().isLessThan(lastLock);
        assertThat(cluster.read(names.warnings()).stream()
                        .filter(warning -> warning.key().endsWith("/KEY_REVOKED")))
                .as("warnings, each raised once")
                .hasSize(ENVIRONMENTS);
    }

    private static void say(String what, long since) {
        if (System.getProperty("fanout.environments") != null) {
            System.out.println(what + ": " + (System.nanoTime() - since) / 1_000_000 + " ms");
        }
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(100));
    }
}
