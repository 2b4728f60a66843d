package io.keyward.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.Main;
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

/// Whatever happens, nothing is lost and nothing is doubled. `docs/chaos.md` tells how to run this and how to read it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosExperiments {
    private static final Path RESULTS = Path.of("target", "chaos");

    private final Choice choice = Choice.ofSystemProperties();
    private final Report report = new Report();
    private Site site;

    @BeforeAll
    void open() throws IOException {
        Path folder = Folders.outsideTemporary("keyward-chaos-");
        System.out.printf("%s; logs are in %s%n", choice, folder);
        site = Site.open(folder);
    }

    @AfterAll
    void close() throws IOException {
        site.close();
        Files.createDirectories(RESULTS);
        Files.writeString(RESULTS.resolve("report.txt"), report.toString(), StandardCharsets.UTF_8);
        System.out.println(report);
        if (report.isClean() && !Boolean.getBoolean("chaos.keep")) {
            Folders.delete(site.folder());
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingIsDoubled() {
        return choice.experiments().stream()
                .map(experiment ->
                        DynamicTest.dynamicTest(experiment.toString(), () -> nothingIsWrongWith(experiment)));
    }

    /// Without this nobody knows whether the checks can fail at all.
    @Test
    void whatIsDecidedOnlyAtLeastOnceIsNoticed() {
        Experiment broken = new Experiment(
                "broken",
                Faults.pausedInTheMiddleOfMuch(),
                new Variant("classic", false),
                Optional.of(AtLeastOnce.class),
                choice.seed());
        Experiment.Result result = broken.run(site, Guarantee.all());
        report.addBroken(result);
        assertThat(result.isClean()).as("the checks find nothing wrong").isFalse();
    }

    /// As an operator does it before the first start.
    @Test
    void topicsCreateAsksForThreeReplicasTwoOfWhichMustHaveARecord() throws Exception {
        Path config = Files.writeString(site.folder().resolve("topics.properties"), """
                keyward.kafka.bootstrap.servers = %s
                keyward.topics.prefix = replicated.
                keyward.topics.replication = 3
                """.formatted(
                        site.brokers().addresses()));
        assertThat(topics("create", config).lines().filter(line -> line.startsWith("created ")))
                .hasSize(13);
        assertThat(topics("check", config)).contains("All 13 topics are as they must be");
        assertThat(site.cluster().topics("replicated."))
                .hasSize(13)
                .allSatisfy((topic, description) -> assertThat(description.partitions())
                        .allSatisfy(
                                partition -> assertThat(partition.replicas()).hasSize(3)));
        assertThat(site.cluster().ownSettings("replicated.", "min.insync.replicas"))
                .hasSize(13)
                .allSatisfy((topic, least) -> assertThat(least).isEqualTo("2"));
    }

    private String topics(String command, Path config) throws IOException {
        String name = "topics-" + command;
        Path output = site.folder().resolve(name + ".log");
        try (ChildJvm program =
                ChildJvm.start(name, ChildJvm.Program.of(Main.class, "topics", command, "--config", config).small(), output)) {
            Patience.until(name + " ends", () -> !program.isAlive());
            assertThat(program.terminate()).as(Files.readString(output)).isZero();
        }
        return Files.readString(output);
    }

    private void nothingIsWrongWith(Experiment experiment) {
        System.out.printf("%s, seed %d%n", experiment, experiment.seed());
        Experiment.Result result;
        try {
            result = experiment.run(site, Guarantee.all());
        } catch (RuntimeException | Error failure) {
            report.addFailure(experiment, failure);
            throw failure;
        }
        report.add(result);
        assertThat(result.examples()).as("seed %d", experiment.seed()).isEmpty();
    }
}
