package io.keyward.chaos;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static io.keyward.testing.Running.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.simulate.StandingState;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.process.Patience;
import io.keyward.topology.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Faults at the moments at which deadlines pass. What stands in the end is what `simulate --until` says of the
/// same events, and each deadline has caused one decision (R25).
@ExtendWith(ClusterExtension.class)
class DeadlineExperiments {
    private static Cluster cluster;

    @TempDir
    private static Path folder;

    private final long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
    private final Random random = new Random(seed);
    private final List<Event> events = new ArrayList<>();
    private final Set<String> environments = new HashSet<>();

    @BeforeEach
    void tellSeed() {
        System.out.println("seed " + seed);
    }

    /// A thousand deadlines are due at once, and the instance is killed when the first of their events is visible.
    @Test
    void killedBetweenWrittenAndDecided() {
        KeywardConfig config = config("decided.", "");
        endsAt(soon().minusSeconds(10), 100, 10);
        send(config);
        whileRunning(config, () -> awaitDecisions(config)); // by a clock at which nothing is due
        try (ProcessorProgram killed = started("decided", config)) {
            within().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !cluster.read(config.topics().names().name(Topic.TIME_REACHED))
                            .isEmpty());
            killed.kill();
            System.out.printf(
                    "Killed when %d of %d were decided%n", decidedByTime(config).size(), environments.size());
        }
        try (ProcessorProgram _ = started("decided", config)) {
            awaitEndAsSimulated(config);
        }
    }

    /// The instance is killed within the time between two looks at the clock, and two more deadlines pass before it
    /// runs again.
    @Test
    void killedBetweenDueAndWrittenAndAwayForMoreDeadlines() {
        KeywardConfig config = config("written.", "");
        try (ProcessorProgram killed = started("written", config)) {
            Instant due = soon();
            for (int later = 0; later < 3; later++) {
                endsAt(due.plusSeconds(later), 20, 5);
            }
            send(config);
            awaitClock(due.plusMillis(random.nextInt(300)));
            killed.kill();
            awaitClock(due.plusSeconds(2));
        }
        try (ProcessorProgram _ = started("written", config)) {
            awaitEndAsSimulated(config);
        }
    }

    /// A second instance joins while half of the deadlines are due, and the first one leaves before the others are.
    @Test
    void rebalancedWithHalfOfThemDue() {
        KeywardConfig config = config("rebalance.", "");
        KeywardConfig other = config("rebalance.", "other");
        try (ProcessorProgram first = started("first", config)) {
            Instant due = soon();
            endsAt(due, 20, 20);
            endsAt(due.plusSeconds(8), 20, 20);
            send(config);
            awaitClock(due);
            try (ProcessorProgram second = started("second", other)) {
                within().until(second::isReady);
                first.stop();
                awaitEndAsSimulated(config);
            }
        }
    }

    private KeywardConfig config(String prefix, String instance) {
        KeywardConfig config = cluster.config(
                prefix,
                Map.of("keyward.state.dir", folder.resolve(prefix + instance).toString()));
        cluster.withTopics(config);
        return config;
    }

    private static ProcessorProgram started(String name, KeywardConfig config) {
        return ProcessorProgram.start(folder, name, config, Map.of());
    }

    private static Instant soon() {
        return Instant.ofEpochMilli(Instant.now().plusSeconds(5).toEpochMilli());
    }

    /// Some environments of each tenant retain their key until then.
    private void endsAt(Instant end, int tenants, int environmentsEach) {
        for (int tenant = 0; tenant < tenants; tenant++) {
            for (int n = 0; n < environmentsEach; n++) {
                String environment = "e" + environments.size();
                environments.add("tenant-" + tenant + "/" + environment);
                events.addAll(Events.retainsUntil(end, "tenant-" + tenant, environment));
            }
        }
    }

    private void send(KeywardConfig config) {
        cluster.sendAll(config.topics().names(), events.stream());
    }

    private static void awaitClock(Instant time) {
        Patience.until("it is " + time, () -> !Instant.now().isBefore(time));
    }

    private void awaitEndAsSimulated(KeywardConfig config) {
        within().until(() -> decidedByTime(config).size() == environments.size());
        awaitDecisions(config);
        assertThat(StandingState.published(cluster, config.topics().names()))
                .isEqualTo(StandingState.simulated(config, events, Instant.now()));
        assertThat(decidedByTime(config)).isEqualTo(environments);
        Map<String, Long> revisions = new HashMap<>();
        decisions(config)
                .forEach(decision ->
                        assertThat(decision.revision()).isEqualTo(revisions.merge(decision.key(), 1L, Long::sum)));
    }

    /// The environments that a time event has decided, each once.
    private static Set<String> decidedByTime(KeywardConfig config) {
        Set<String> decided = new HashSet<>();
        decisions(config).stream()
                .filter(decision -> decision.cause().eventType().equals("TimeReached"))
                .forEach(decision -> assertThat(decided.add(decision.key()))
                        .as("%s once", decision.key())
                        .isTrue());
        return decided;
    }

    private static List<Publication.OfDecision> decisions(KeywardConfig config) {
        return cluster.published(config.topics().names().decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .toList();
    }
}
