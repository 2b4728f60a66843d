package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.sandbox.LostTransactions;
import io.keyward.sandbox.SandboxException;
import io.keyward.testing.TestTopics;
import io.keyward.testing.process.BrokerProgram;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import io.keyward.topology.store.StoreKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A commit meets a broker that does not answer. Kafka Streams then wipes the stores of the tasks and restores
/// them from their changelogs. The tasks must begin to work with every row, whatever interrupts the restoration.
///
/// All cases run at the same time, each with an application of its own, and meet the same outage.
class StaleOffsetIT {
    private static final int ROWS = 400;
    private static final Set<Integer> PARTITIONS = Set.of(0, 1);
    private static final int SLOW = 20;
    private static final String UNREAD = "unread";

    /// What happens before the restoration has ended.
    enum Interruption {
        /// The members of the group are removed, as when their sessions expire.
        MEMBERS_REMOVED,
        /// A second instance comes and goes.
        SECOND_INSTANCE,
        /// The instance is stopped in order, and started again.
        STOPPED_AND_STARTED,
        /// The outage lasts until the instance gives up to ask for the ends of its changelogs.
        LONG_OUTAGE
    }

    record Case(StoreKind stores, boolean transactional, String protocol, Interruption interruption) {
        String name() {
            return String.join("-", stores.name(), Boolean.toString(transactional), protocol, interruption.name())
                    .toLowerCase(Locale.ROOT);
        }
    }

    @TempDir
    Path folder;

    @Test
    void aTaskBeginsToWorkWithEveryRowOfItsChangelogs() throws Exception {
        assertThatNoneIsLost(List.of(
                new Case(StoreKind.ROCKSDB, false, "classic", Interruption.MEMBERS_REMOVED),
                new Case(StoreKind.MEMORY, false, "streams", Interruption.LONG_OUTAGE)));
    }

    @Tag("full")
    @Test
    void aTaskDoesSoWithAllStoresAndProtocols() throws Exception {
        List<Case> cases = Stream.of("classic", "streams")
                .flatMap(protocol -> Stream.of(
                                new Case(StoreKind.ROCKSDB, false, protocol, Interruption.MEMBERS_REMOVED),
                                new Case(StoreKind.ROCKSDB, false, protocol, Interruption.SECOND_INSTANCE),
                                new Case(StoreKind.ROCKSDB, false, protocol, Interruption.STOPPED_AND_STARTED),
                                new Case(StoreKind.ROCKSDB, false, protocol, Interruption.LONG_OUTAGE),
                                new Case(StoreKind.ROCKSDB, true, protocol, Interruption.STOPPED_AND_STARTED),
                                new Case(StoreKind.ROCKSDB, true, protocol, Interruption.LONG_OUTAGE),
                                new Case(StoreKind.MEMORY, false, protocol, Interruption.SECOND_INSTANCE),
                                new Case(StoreKind.MEMORY, false, protocol, Interruption.LONG_OUTAGE))
                        // Kafka removes members of this protocol only when their sessions expire.
                        .filter(tried ->
                                protocol.equals("classic") || tried.interruption() != Interruption.MEMBERS_REMOVED))
                .toList();
        assertThatNoneIsLost(cases);
    }

    private void assertThatNoneIsLost(List<Case> cases) throws Exception {
        InstanceClients clients = new InstanceClients("none", Optional.empty(), new TopicPartition(UNREAD, 0));
        assertThat(run(cases, clients::getProducer))
                .allSatisfy(result ->
                        assertThat(result.lost()).as(result.toString()).isZero());
    }

    /// If no row is lost here, Kafka Streams has fixed its defect: then [RecoveringProducer] can go.
    @Tag("full")
    @Test
    void withTheProducerOfKafkaStreamsRowsAreLost() throws Exception {
        List<Case> cases = List.of(
                new Case(StoreKind.ROCKSDB, true, "classic", Interruption.MEMBERS_REMOVED),
                new Case(StoreKind.ROCKSDB, true, "streams", Interruption.LONG_OUTAGE),
                new Case(StoreKind.MEMORY, false, "classic", Interruption.LONG_OUTAGE));
        assertThat(run(cases, new DefaultKafkaClientSupplier()::getProducer))
                .anySatisfy(result -> assertThat(result.lost()).isPositive());
    }

    /// @param found how many rows each task had when it began to work
    /// @param rows how many it had two records later, if it began with all
    record Result(Case tried, Map<Integer, Integer> found, List<Integer> rows, List<String> events) {
        /// Whether the transaction that met the outage counts or not, nothing older may be missing, and what came
        /// later is there.
        int lost() {
            int before = found.values().stream()
                    .mapToInt(rows -> Math.max(0, ROWS - rows))
                    .sum();
            return before + rows.stream().mapToInt(rows -> ROWS + 2 - rows).sum();
        }

        @Override
        public String toString() {
            return "%s: tasks began with %s rows of %d or more, and have %s of %d:%n    %s"
                    .formatted(tried.name(), found, ROWS, rows, ROWS + 2, String.join("\n    ", events));
        }
    }

    private List<Result> run(List<Case> cases, Function<Map<String, Object>, Producer<byte[], byte[]>> producers)
            throws Exception {
        int port = FreePorts.one();
        String address = FreePorts.HOST + ":" + port;
        Path data = Folders.make(folder.resolve("broker"));
        try (ChildJvm broker = ChildJvm.start(
                        "broker",
                        ChildJvm.Program.of(BrokerProgram.class, data, port).small(),
                        folder.resolve("broker.log"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Patience.until("the broker runs", () -> Files.exists(data.resolve(BrokerProgram.ADDRESSES)));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
                TestTopics.create(admin, List.of(new NewTopic(UNREAD, 1, (short) 1)));
            }
            Outage outage = new Outage(cases.size());
            List<Future<Result>> results = new ArrayList<>();
            for (Case tried : cases) {
                results.add(threads.submit(() -> outage.ifItFails(() -> result(tried, producers, address, outage))));
            }
            outage.run(broker);
            Patience.until("all have been tried", () -> {
                endLostTransactions(address);
                return results.stream().allMatch(Future::isDone);
            });
            List<Result> all = new ArrayList<>();
            for (Future<Result> result : results) {
                all.add(result.get());
            }
            return all;
        }
    }

    /// Does what an operator does with `kafka-transactions.sh`. A broker that was frozen may append the offsets of a
    /// transaction that its coordinator has abandoned, and never end it; no offset of the group can be read then.
    private static void endLostTransactions(String address) {
        try {
            LostTransactions.abort(address);
        } catch (SandboxException noAnswer) {
            // The next look may have more luck.
        }
    }

    private Result result(
            Case tried,
            Function<Map<String, Object>, Producer<byte[], byte[]>> producers,
            String address,
            Outage outage)
            throws Exception {
        int askLimit = tried.interruption() == Interruption.LONG_OUTAGE ? 2000 : 120_000;
        InterruptedApplication.Settings settings = new InterruptedApplication.Settings(
                tried.name(), tried.stores(), tried.transactional(), tried.protocol(), askLimit, producers);
        try (Cluster cluster = Cluster.of(address, tried.name());
                Running running = new Running(settings, address, folder.resolve(tried.name()))) {
            InterruptedApplication first = running.now();
            first.awaitRunning();
            for (int partition : PARTITIONS) {
                IntStream.range(0, ROWS).forEach(row -> cluster.send(partition, "row-" + row));
            }
            cluster.awaitCommitted(ROWS, ROWS);
            cluster.send(1, "last");
            Patience.until("the last row is there", () -> first.processed() == 2 * ROWS + 1);
            cluster.send(0, "last");
            cluster.send(0, InterruptedApplication.HOLD);
            first.awaitHeld();
            outage.awaitBegin();
            first.release(tried.interruption() == Interruption.SECOND_INSTANCE ? 3 * SLOW : SLOW);
            // On a slow machine a thread may end by the failed commit before it tries to abort.
            Patience.until(
                    "the transaction cannot be aborted: " + first.events(),
                    () -> first.hasSeen("abortTransaction failed") || first.hasSeen("a thread ended"));
            outage.awaitEnd();
            interrupt(tried.interruption(), running, cluster);
            InterruptedApplication last = running.now();
            last.restoreAtFullSpeed();
            Patience.until("all tasks work", () -> last.found().keySet().equals(PARTITIONS));
            if (last.found().values().stream().anyMatch(rows -> rows < ROWS)) {
                return new Result(tried, last.found(), List.of(), List.copyOf(last.events()));
            }
            last.awaitRunning();
            PARTITIONS.forEach(partition -> cluster.send(partition, "after"));
            cluster.awaitCommitted(ROWS + 3, ROWS + 2);
            return new Result(
                    tried,
                    last.found(),
                    PARTITIONS.stream().map(last::rows).toList(),
                    List.copyOf(running.now().events()));
        }
    }

    private void interrupt(Interruption interruption, Running running, Cluster cluster) throws Exception {
        InterruptedApplication one = running.now();
        if (interruption == Interruption.LONG_OUTAGE) {
            return;
        }
        Patience.until(
                "a part of the rows is restored",
                () -> PARTITIONS.stream()
                        .allMatch(partition -> one.restored(partition) > ROWS / 10
                                || one.found().containsKey(partition)));
        switch (interruption) {
            case MEMBERS_REMOVED -> {
                cluster.removeMembers();
                Patience.until(
                        "the restoration is abandoned, or over",
                        () -> one.hasSeen("gives up to restore")
                                || one.found().keySet().equals(PARTITIONS));
            }
            case SECOND_INSTANCE -> {
                try (InterruptedApplication two = running.another()) {
                    Patience.until(
                            "another instance has a part", () -> !two.found().isEmpty());
                }
            }
            case STOPPED_AND_STARTED -> running.restart();
            case LONG_OUTAGE -> throw new AssertionError("It is no interruption by itself");
        }
    }

    /// The broker is frozen while all applications are in a transaction, until all have seen their commit and the
    /// abort fail (or a thread end), and those that shall give up to ask have done so.
    private static final class Outage {
        private static final Duration REST = Duration.ofSeconds(6);

        private final CountDownLatch ready;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch aborted;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Outage(int applications) {
            ready = new CountDownLatch(applications);
            aborted = new CountDownLatch(applications);
        }

        void run(ChildJvm broker) {
            Patience.until("all are in a transaction", () -> ready.getCount() == 0);
            try (ChildJvm.Paused _ = broker.freeze()) {
                begun.countDown();
                Patience.until("all aborts have failed", () -> aborted.getCount() == 0);
                long end = System.nanoTime() + REST.toNanos();
                Patience.until("the outage was long enough", () -> System.nanoTime() > end);
            } finally {
                ended.countDown();
            }
        }

        void awaitBegin() throws InterruptedException {
            ready.countDown();
            begun.await();
        }

        void awaitEnd() throws InterruptedException {
            aborted.countDown();
            ended.await();
        }

        /// One that fails keeps no other waiting.
        Result ifItFails(Callable<Result> application) throws Exception {
            try {
                return application.call();
            } finally {
                ready.countDown();
                aborted.countDown();
            }
        }
    }

    /// The instance of an application.
    private static final class Running implements AutoCloseable {
        private final InterruptedApplication.Settings settings;
        private final String address;
        private final Path state;
        private InterruptedApplication now;

        private Running(InterruptedApplication.Settings settings, String address, Path state) {
            this.settings = settings;
            this.address = address;
            this.state = state;
            now = new InterruptedApplication(settings, address, state.resolve("one"));
        }

        InterruptedApplication now() {
            return now;
        }

        InterruptedApplication another() {
            return new InterruptedApplication(settings, address, state.resolve("two")).thatGoesOn();
        }

        void restart() {
            now.close();
            now = new InterruptedApplication(settings, address, state.resolve("one")).thatGoesOn();
        }

        @Override
        public void close() {
            now.close();
        }
    }

    /// What an application reads, and what it has committed.
    private record Cluster(Admin admin, Producer<byte[], byte[]> producer, String name) implements AutoCloseable {
        static Cluster of(String address, String name) throws ExecutionException, InterruptedException {
            Admin admin = Admin.create(Map.of("bootstrap.servers", address));
            TestTopics.create(admin, List.of(new NewTopic(name, PARTITIONS.size(), (short) 1)));
            Producer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", address), new ByteArraySerializer(), new ByteArraySerializer());
            return new Cluster(admin, producer, name);
        }

        void send(int partition, String key) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            var _ = producer.send(new ProducerRecord<>(name, partition, bytes, new byte[100]));
        }

        void awaitCommitted(long first, long second) {
            Patience.until(
                    "%s has committed %d and %d".formatted(name, first, second),
                    () -> committed(0) == first && committed(1) == second);
        }

        private long committed(int partition) {
            try {
                var offset = admin.listConsumerGroupOffsets(name)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(new TopicPartition(name, partition));
                return offset == null ? -1 : offset.offset();
            } catch (ExecutionException noAnswer) {
                return -1;
            } catch (InterruptedException interrupted) {
                throw Patience.interrupted(interrupted);
            }
        }

        void removeMembers() throws ExecutionException, InterruptedException {
            admin.removeMembersFromConsumerGroup(name, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }

        @Override
        public void close() {
            producer.close(Duration.ZERO);
            admin.close(Duration.ZERO);
        }
    }
}
