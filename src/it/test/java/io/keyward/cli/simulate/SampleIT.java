package io.keyward.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.cli.records.EventProducer;
import io.keyward.cli.records.OutputFollower;
import io.keyward.config.KeywardConfig;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.SampleFeed;
import io.keyward.testing.Cluster;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample, decided on a real broker and by `simulate`, ends in the same decisions, warnings and signals.
class SampleIT {
    /// The members that depend on where a record was read, or on the order of events of different topics.
    private static final List<String> OF_THE_RUN =
            List.of("cause", "revision", "decidedAt", "raisedAt", "clearedAt", "message", "incident", "sequence");

    @Test
    void theSimulationEndsAsTheBrokerDoes(@TempDir Path folder) {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("sample.", Map.of());
            cluster.withTopics(config);
            Map<String, ObjectNode> decided = new TreeMap<>();
            try (SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
                    Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                    OutputFollower outputs = OutputFollower.open(config, registry);
                    Backlog backlog = Backlog.connect(config)) {
                instance.start();
                try (EventProducer producer = EventProducer.connect(config, registry)) {
                    producer.sendInOrder(SampleFeed.asWritten().events());
                }
                Awaitility.await().until(() -> {
                    fold(outputs.poll().stream().map(OutputFollower.Followed::output), decided);
                    return backlog.undecided().isEmpty() && outputs.isAtEnd();
                });
            }
            assertThat(decided).isNotEmpty().isEqualTo(simulated(config));
        }
    }

    private static Map<String, ObjectNode> simulated(KeywardConfig config) {
        Map<String, ObjectNode> decided = new TreeMap<>();
        Simulation simulation = new Simulation(
                config.topics().names(),
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                config.rules().bounds(),
                () -> Instant.MAX);
        SampleFeed.asWritten()
                .events()
                .forEach(event ->
                        fold(simulation.decide(event).stream().map(Simulation.SimulatedOutput::output), decided));
        return decided;
    }

    /// Keeps the last record under each key, as compaction does.
    private static void fold(Stream<OutputRecord> outputs, Map<String, ObjectNode> decided) {
        outputs.forEach(output -> {
            switch (output) {
                case OutputRecord.Published published ->
                    decided.put(
                            published.topic().baseName() + " " + published.key(),
                            published.value().deepCopy().remove(OF_THE_RUN));
                case OutputRecord.Retracted retracted ->
                    decided.remove(retracted.topic().baseName() + " " + retracted.key());
                case OutputRecord.Refused refused -> throw new AssertionError("refused: " + refused.detail());
            }
        });
    }
}
