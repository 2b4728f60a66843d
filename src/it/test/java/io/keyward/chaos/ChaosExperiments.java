package io.keyward.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.chaos.fault.Faults;
import io.keyward.chaos.guarantee.Guarantee;
import io.keyward.cli.Main;
import io.keyward.client.Topic;
import io.keyward.testing.AtLeastOnce;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Under every fault, nothing is lost and nothing is doubled. `docs/chaos.md` tells how to run this and how to
/// read it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosExperiments {
    private static final Path RESULTS = Path.of("target", "chaos");

    private static final int BROKERS = 3;

    private final ExperimentSelection choice = ExperimentSelection.ofSystemProperties();
    private final ChaosReport report = new ChaosReport();
    private ChaosCluster cluster;

    @BeforeAll
    void open() throws IOException {
        Path folder = Folders.outsideTemporary("keyward-chaos-");
        System.out.printf("%s; logs are in %s%n", choice, folder);
        cluster = ChaosCluster.open(folder, BROKERS);
    }

    @AfterAll
    void close() throws IOException {
        cluster.close();
        Files.createDirectories(RESULTS);
        Files.writeString(RESULTS.resolve("report.txt"), report.toString(), StandardCharsets.UTF_8);
        System.out.println(report);
        if (report.isClean() && !Boolean.getBoolean("chaos.keep")) {
            Folders.delete(cluster.folder());
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingIsDoubled() {
        return choice.experiments().stream()
                .map(experiment ->
                        DynamicTest.dynamicTest(experiment.toString(), () -> everyGuaranteeHoldsUnder(experiment)));
    }

    /// Shows that the checks can fail.
    @Test
    void whatIsDecidedOnlyAtLeastOnceIsNoticed() {
        Experiment broken = new Experiment(
                "broken",
                Faults.pausedInTheMiddleOfMuch(),
                new StreamsVariant("classic", StreamsVariant.StateStores.WITHOUT_TRANSACTIONS),
                Optional.of(AtLeastOnce.class),
                choice.seed());
        Experiment.Result result = broken.run(cluster, Guarantee.all());
        report.addBroken(result);
        assertThat(result.isClean()).as("the checks find nothing").isFalse();
    }

    /// An operator creates the topics before the first start.
    @Test
    void topicsCreateAsksForThreeReplicasTwoOfWhichMustHaveARecord() throws Exception {
        Path config = Files.writeString(cluster.folder().resolve("topics.properties"), """
                keyward.kafka.bootstrap.servers = %s
                keyward.topics.prefix = replicated.
                keyward.topics.replication = 3
                """.formatted(
                        cluster.brokers().addresses()));
        assertThat(topics("create", config).lines().filter(line -> line.startsWith("created ")))
                .hasSize(Topic.values().length);
        assertThat(topics("check", config))
                .contains("All %d topics match their contracts".formatted(Topic.values().length));
        assertThat(cluster.view().topics("replicated."))
                .hasSize(Topic.values().length)
                .allSatisfy((topic, description) -> assertThat(description.partitions())
                        .allSatisfy(
                                partition -> assertThat(partition.replicas()).hasSize(3)));
        assertThat(cluster.view().ownSettings("replicated.", "min.insync.replicas"))
                .hasSize(Topic.values().length)
                .allSatisfy((topic, least) -> assertThat(least).isEqualTo("2"));
    }

    private String topics(String command, Path config) throws IOException {
        String name = "topics-" + command;
        Path output = cluster.folder().resolve(name + ".log");
        try (ChildJvm program = ChildJvm.start(
                name,
                ChildJvm.Program.of(Main.class, "topics", command, "--config", config)
                        .small(),
                output)) {
            Patience.until(name + " ends", () -> !program.isAlive());
            assertThat(program.terminate()).as(Files.readString(output)).isZero();
        }
        return Files.readString(output);
    }

    private void everyGuaranteeHoldsUnder(Experiment experiment) {
        System.out.printf("%s, seed %d%n", experiment, experiment.seed());
        Experiment.Result result;
        try {
            result = experiment.run(cluster, Guarantee.all());
        } catch (RuntimeException | Error failure) {
            report.addFailure(experiment, failure);
            throw failure;
        }
        report.add(result);
        System.out.println(result);
        assertThat(result.examples()).as("seed %d", experiment.seed()).isEmpty();
    }
}
