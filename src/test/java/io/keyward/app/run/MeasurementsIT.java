package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.OutsideTemporaryFolders;
import io.keyward.testing.ProcessorProgram;
import io.keyward.topology.contract.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The figures of docs/operations.md, measured anew: with `-Dmeasure.environments=N` it prints what N environments take
/// on disk and in memory, and how long a restart, a restoration and a failover last.
@EnabledIfSystemProperty(named = "measure.environments", matches = "\\d+")
class MeasurementsIT {
    private static final int ENVIRONMENTS = Integer.getInteger("measure.environments", 0);
    private static final int PER_TENANT = 100;
    private static final Map<String, String> HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx512m");

    @TempDir(factory = OutsideTemporaryFolders.class)
    Path folder;

    @Test
    void sizesAndTimes() throws IOException {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("measured.", Map.of("keyward.state.memory", "64 MiB"));
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            cluster.sendAll(names, events());
            try (ProcessorProgram processor = ProcessorProgram.start(folder, "load", config, HEAP);
                    Backlog backlog = Backlog.connect(config)) {
                long taken = millis(() -> backlog.undecided().isEmpty());
                say("events decided", 2L * ENVIRONMENTS, "in " + taken + " ms");
                say("resident memory after the load", mebibytes(status(processor.pid(), "VmRSS:")), "MiB");
                say("greatest resident memory", mebibytes(status(processor.pid(), "VmHWM:")), "MiB");
                processor.stop();
            }
            sizes(config);
            restart("restart on the kept state", config);
            delete(config.state().dir().orElseThrow());
            restart("restoration of everything", config);
        }
    }

    @Test
    void failover() {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig first = cluster.config("failover.", Map.of());
            KeywardConfig second = cluster.config(
                    "failover.",
                    Map.of("keyward.state.dir", folder.resolve("second-state").toString()));
            TopicNames names = first.topics().names();
            cluster.withTopics(first);
            try (ProcessorProgram killed = ProcessorProgram.start(folder, "killed", first, HEAP);
                    ProcessorProgram left = ProcessorProgram.start(folder, "left", second, HEAP)) {
                millis(() -> killed.isReady() && left.isReady());
                cluster.sendAll(names, tenants().map(tenant -> clean(1, tenant, "hr")));
                millis(() -> cluster.read(names.decisions()).size() == 12);
                killed.kill();
                cluster.sendAll(names, tenants().map(tenant -> applied(2, tenant, "hr", "k1")));
                say(
                        "from the kill until every tenant's next decision is visible",
                        millis(() -> cluster.read(names.decisions()).size() == 24),
                        "ms");
            }
        }
    }

    private static Stream<Event> events() {
        return IntStream.range(0, ENVIRONMENTS).boxed().flatMap(number -> {
            String tenant = "tenant-" + number / PER_TENANT;
            String environment = "environment-" + number;
            Stream<Event> first = number % PER_TENANT == 0
                    ? Stream.of(limit(1, tenant, PER_TENANT), rotated(1, tenant, "key-0", "version-1"))
                    : Stream.empty();
            return Stream.concat(
                    first,
                    Stream.of(clean(2, tenant, environment), applied(3, tenant, environment, "key-" + number % 5)));
        });
    }

    private static Stream<String> tenants() {
        return IntStream.range(0, 12).mapToObj(number -> "tenant-" + number);
    }

    private void sizes(KeywardConfig config) throws IOException {
        say("state folder", mebibytes(bytes(config.state().dir().orElseThrow(), "")), "MiB");
        say("changelogs on the broker", mebibytes(bytes(folder.resolve("kafka"), "-changelog-")), "MiB");
        say("outputs on the broker", mebibytes(outputs(config)), "MiB");
    }

    private long outputs(KeywardConfig config) throws IOException {
        TopicNames names = config.topics().names();
        long sum = 0;
        for (String topic : new String[] {names.decisions(), names.warnings(), names.suppressions()}) {
            sum += bytes(folder.resolve("kafka"), topic + "-");
        }
        return sum;
    }

    private void restart(String what, KeywardConfig config) {
        long begin = System.nanoTime();
        try (ProcessorProgram processor = ProcessorProgram.start(folder, what.replace(' ', '-'), config, HEAP)) {
            millis(processor::isReady);
            say(what + ", until ready", (System.nanoTime() - begin) / 1_000_000, "ms");
            processor.stop();
        }
    }

    private static long millis(BooleanSupplier done) {
        long begin = System.nanoTime();
        Awaitility.await()
                .atMost(Duration.ofMinutes(9))
                .pollInterval(Duration.ofMillis(50))
                .until(done::getAsBoolean);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static long status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }

    private static long bytes(Path under, String part) throws IOException {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(part))
                    .filter(file -> !file.toString().endsWith("index"))
                    .mapToLong(MeasurementsIT::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThat(state).doesNotExist();
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private static void say(String what, long value, String unit) {
        System.out.println("MEASURED " + what + ": " + value + " " + unit);
    }
}
