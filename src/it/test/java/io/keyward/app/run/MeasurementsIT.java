package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Program;
import io.keyward.testing.process.RecordFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Measures the figures of docs/operations-reference.md. With `-Dmeasure.environments=N` it prints what N
/// environments take on disk and in memory, and how long a restart, a restoration, a failover and the erasure of a
/// tenant last.
@EnabledIfSystemProperty(named = "measure.environments", matches = "\\d+")
class MeasurementsIT {
    private static final int ENVIRONMENTS = Integer.getInteger("measure.environments", 0);
    private static final int PER_TENANT = 100;
    private static final String ERASED = "erased";
    private static final Map<String, String> HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx512m");

    @TempDir
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
            delete(config.value(StateSettings.DIR));
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

    /// What `deploy/kubernetes/proof` runs each night, with `-Dmeasure.environments=N`: CPU of the whole process.
    @Test
    void proofs() throws IOException {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("proofs.", Map.of());
            cluster.withTopics(config);
            cluster.sendAll(config.topics().names(), events());
            try (ProcessorProgram processor = ProcessorProgram.start(folder, "proofs", config, HEAP);
                    Backlog backlog = Backlog.connect(config)) {
                millis(() -> backlog.undecided().isEmpty());
                processor.stop();
            }
            long begun = cpuOfChildren();
            command("proofs", "verify", "state");
            long state = cpuOfChildren();
            say("CPU of verify state", state - begun, "ms");
            command("proofs", "verify", "sample", "--records", "20");
            say("CPU of verify sample", cpuOfChildren() - state, "ms");
        }
    }

    /// Of all that have ended: user and system time, in hundredths of a second.
    private static long cpuOfChildren() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/self/stat"))
                .replaceAll("^.*\\) ", "")
                .split(" ", -1);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10;
    }

    /// One tenant has all the environments. Another one of its partition gets one after the other meanwhile.
    @Test
    void erasure() throws IOException {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("erasure.", Map.of());
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            cluster.sendAll(names, eventsOfOneTenant());
            try (ProcessorProgram processor = ProcessorProgram.start(folder, "erasure", config, HEAP);
                    Backlog backlog = Backlog.connect(config)) {
                millis(() -> backlog.undecided().isEmpty() && processor.metric("keyward_sweeps_waiting") == 0);
                say("greatest resident memory before", mebibytes(status(processor.pid(), "VmHWM:")), "MiB");
                erase(cluster, names);
                say("greatest resident memory", mebibytes(status(processor.pid(), "VmHWM:")), "MiB");
                processor.stop();
            }
            assertThat(command("erasure", "tenant", "erase", ERASED, "--dry-run"))
                    .startsWith("Stored: 0 environments, facts of 0 keys, 0 rows in all. Published: 0 records.");
            command("erasure", "verify", "state");
        }
    }

    private void erase(Cluster cluster, TopicNames names) {
        String done = Erasure.sha256(new TenantId(ERASED));
        Map<String, Long> visible = new ConcurrentHashMap<>();
        try (RecordFollower _ = RecordFollower.start(
                follower(cluster, names.decisions(), names.name(Topic.ERASURES)),
                record -> visible.put(record.key(), System.currentTimeMillis()))) {
            PrimitiveIterator.OfInt numbers =
                    IntStream.iterate(0, number -> number + 1).iterator();
            say(
                    "longest wait of another tenant before the erasure",
                    longestWait(cluster, names, visible, numbers, () -> visible.size() == 100),
                    "ms");
            CompletableFuture<String> erasure = CompletableFuture.supplyAsync(
                    () -> command("erasure", "tenant", "erase", ERASED, "--yes", "--timeout", "PT9M"));
            say(
                    "longest wait of another tenant during the erasure",
                    longestWait(cluster, names, visible, numbers, erasure::isDone),
                    "ms");
            erasure.join();
            millis(() -> visible.containsKey(done));
            long requested =
                    cluster.read(names.name(Topic.TENANT_ERASED)).getFirst().timestamp();
            say("from the request until the erasure is visible", visible.get(done) - requested, "ms");
        }
    }

    /// Sends one event after the other, each when the decision of the one before is visible.
    private static long longestWait(
            Cluster cluster,
            TopicNames names,
            Map<String, Long> visible,
            PrimitiveIterator.OfInt numbers,
            BooleanSupplier end) {
        String other = tenants()
                .filter(tenant -> TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS)
                        == TenantPartitioner.partitionOf(ERASED, Cluster.PARTITIONS))
                .findFirst()
                .orElseThrow();
        long longest = 0;
        while (!end.getAsBoolean()) {
            String environment = "environment-" + numbers.next();
            long sent = System.currentTimeMillis();
            cluster.send(names, clean(1, other, environment));
            millis(() -> visible.containsKey(other + "/" + environment));
            longest = Math.max(longest, visible.get(other + "/" + environment) - sent);
        }
        return longest;
    }

    /// Follows what is committed from now on.
    private static KafkaConsumer<String, byte[]> follower(Cluster cluster, String... topics) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(topics)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /// Runs a command beside the processor or after it, and prints what it says.
    private String command(String configuration, String... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve(configuration + ".properties")));
        try (Program program = Program.start(folder, String.join("-", arguments), all.toArray())) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            System.out.println("MEASURED " + program.out());
            return program.out();
        }
    }

    /// The revocation gives a fifth of the environments a warning too.
    private static Stream<Event> eventsOfOneTenant() {
        return Stream.of(
                        Stream.of(limit(1, ERASED, ENVIRONMENTS), rotated(1, ERASED, "key-0", "version-1")),
                        IntStream.range(0, ENVIRONMENTS)
                                .boxed()
                                .flatMap(number -> Stream.<Event>of(
                                        clean(2, ERASED, "environment-" + number),
                                        applied(3, ERASED, "environment-" + number, "key-" + number % 5))),
                        Stream.of(revoked(4, ERASED, "key-0")))
                .flatMap(Function.identity());
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
        say("state folder", mebibytes(bytes(config.value(StateSettings.DIR), "")), "MiB");
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
        Awaitility.await().pollInterval(Duration.ofMillis(50)).until(done::getAsBoolean);
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
