package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.KeywardCommand;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Running;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The gate against a real processor, whatever happens to it: no data passes that an event before it forbids,
/// and what is forbidden later is taken back. Meanwhile policies come and go, environments are purged, tenants
/// are erased, and some of these events come late or on a wrong partition.
@ExtendWith(ClusterExtension.class)
class SuppressionGateIT {
    private static final int MANY = 100_000;

    private static final Map<String, String> COMPACTS_AT_ONCE = Map.of(
            "segment.ms", "1000",
            "min.compaction.lag.ms", "0",
            "min.cleanable.dirty.ratio", "0.01",
            "delete.retention.ms", "0");

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @Test
    void theGateObeysWhileTheProcessorIsKilled() throws Exception {
        try (GateTrial trial = trial("killed.")) {
            try (ProcessorProgram first = start("killed.", "first", Map.of())) {
                trial.awaitDecided();
                first.kill();
            }
            trial.awaitAsked(1_000);
            try (ProcessorProgram _ = start("killed.", "second", Map.of())) {
                trial.awaitDecided();
                trial.end();
            }
        }
    }

    @Tag("full")
    @Test
    void theGateObeysWhileTheProcessorIsFrozenAndJoinedByAnother() throws Exception {
        try (GateTrial trial = trial("frozen.");
                ProcessorProgram first = start("frozen.", "third", Map.of())) {
            trial.awaitDecided();
            signal("STOP", first);
            trial.awaitAsked(MANY / 4);
            signal("CONT", first);
            trial.awaitDecided();
            try (ProcessorProgram _ = start("frozen.", "fourth", Map.of())) {
                trial.awaitDecided();
                signal("STOP", first);
                trial.awaitDecided();
                signal("CONT", first);
                trial.awaitDecided();
            }
            trial.awaitDecided();
            trial.awaitAsked(MANY);
            trial.end();
        }
    }

    @Tag("full")
    @Test
    void theGateObeysWhileTheProfileChanges() throws Exception {
        try (GateTrial trial = trial("profile.")) {
            for (String profile : List.of("2024-07-23", "2024-07-30", "2024-10-08", "2024-07-23")) {
                try (ProcessorProgram instance = start("profile.", "fifth", Map.of("keyward.rules.profile", profile))) {
                    trial.awaitDecided();
                    trial.awaitAsked(MANY / 4);
                    assertThat(instance.stop()).isEqualTo(143);
                }
            }
            try (ProcessorProgram _ = start("profile.", "fifth", Map.of())) {
                trial.end();
            }
        }
    }

    @Tag("full")
    @Test
    void aGateThatStartsReadsWhatCompactionHasLeft() throws Exception {
        try (GateTrial trial = trial("compacted.");
                ProcessorProgram _ = start("compacted.", "sixth", Map.of())) {
            TopicNames names = config("compacted.", Map.of()).topics().names();
            for (Topic topic : List.of(Topic.ENCRYPTION_DECISIONS, Topic.ANALYTICS_SUPPRESSIONS, Topic.PROGRESS)) {
                for (Map.Entry<String, String> setting : COMPACTS_AT_ONCE.entrySet()) {
                    cluster.alter(names.name(topic), setting.getKey(), setting.getValue());
                }
            }
            for (int starts = 0; starts < 3; starts++) {
                trial.awaitDecided();
                trial.awaitAsked(MANY / 3);
                long all = cluster.written(names.suppressions());
                Running.within().until(() -> cluster.read(names.suppressions()).size() < all / 4);
                trial.restartGate();
            }
            trial.awaitDecided();
            trial.end();
        }
    }

    @Tag("full")
    @Test
    void theGateObeysWhileTheProcessorMovesToMorePartitions() throws Exception {
        try (GateTrial trial = trial("moved.")) {
            try (ProcessorProgram instance = start("moved.", "seventh", Map.of())) {
                trial.awaitDecided();
                assertThat(instance.stop()).isEqualTo(143);
            }
            StringWriter told = new StringWriter();
            assertThat(KeywardCommand.commandLine()
                            .setOut(new PrintWriter(told, true))
                            .setErr(new PrintWriter(told, true))
                            .execute(
                                    "reshard",
                                    "run",
                                    "--partitions",
                                    Integer.toString(2 * Cluster.PARTITIONS),
                                    "--config",
                                    folder.resolve("seventh.properties").toString()))
                    .as("%s", told)
                    .isZero();
            try (ProcessorProgram _ = start("moved.", "eighth", Map.of())) {
                trial.awaitDecided();
                trial.awaitAsked(MANY);
                trial.end();
            }
        }
    }

    private static GateTrial trial(String prefix) {
        KeywardConfig config = config(prefix, Map.of());
        cluster.withTopics(config);
        return new GateTrial(cluster, config.topics().names());
    }

    private static ProcessorProgram start(String prefix, String state, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("keyward.state.dir", folder.resolve(state).toString());
        return ProcessorProgram.start(folder, state, config(prefix, settings), Map.of());
    }

    private static KeywardConfig config(String prefix, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("keyward.progress.interval", "PT0.5S");
        return cluster.config(prefix, settings);
    }

    private static void signal(String signal, ProcessorProgram program) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
