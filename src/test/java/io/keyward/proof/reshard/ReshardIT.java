package io.keyward.proof.reshard;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.cluster.Generations;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.run.Instance;
import io.keyward.testing.Cluster;
import io.keyward.testing.Running;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReshardIT {
    private static Cluster cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = Cluster.start(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void goesOn(String protocol) {
        KeywardConfig config = cluster.config(protocol + "-spike.", Map.of("keyward.streams.group.protocol", protocol));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        Running.whileRunning(config, () -> {
            for (int i = 0; i < 10; i++) {
                cluster.send(names, clean(1, "t" + i, "hr"), applied(2, "t" + i, "hr", "k1"));
            }
            Running.awaitDecisions(config);
        });
        Move move =
                new Move(Map.copyOf(config.kafka().values()), config.applicationId(), names, 6, Duration.ofSeconds(60));
        try (Reshard reshard = new Reshard(move, MoveProgress.NONE, InstantSource.system())) {
            System.out.println(reshard.plan());
            System.out.println(reshard.run());
        }
        KeywardConfig moved = Generations.forRun(config);
        assertThat(moved.applicationId()).endsWith("-g2");
        Running.whileRunning(config, () -> {
            for (int i = 0; i < 10; i++) {
                cluster.send(names, revoked(3, "t" + i, "k1"));
            }
            Running.awaitDecisions(moved);
        });
        assertThat(cluster.published(names.decisions())).hasSize(30);
        assertThatThrownBy(() -> Instance.prepare(config.inGeneration(1), false, Cluster.NOTHING_DUE)
                        .close())
                .isInstanceOf(CommandFailedException.class);
    }
}
