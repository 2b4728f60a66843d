package io.keyward.console.replica;

import io.keyward.client.Topic;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.Events;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Measures a replica's database with as many environments as the second argument says: how long filling and
/// opening it take, and look-ups and pages at 100 requests a second while a writer applies changes as fast as it
/// can, or as many records a second as the fourth argument says. To be run by hand; the first argument is a
/// folder, the third the bytes of memory for RocksDB.
///
/// Rows and outputs are those that the real topology makes for some environments in different states, with the
/// names of others.
final class ReplicaMeasurement {
    private static final int PER_TENANT = 50;
    private static final int TEMPLATE_TENANTS = 4;
    private static final int BATCH = 2_000;
    private static final int REQUESTS = Integer.getInteger("requests", 3_000);
    private static final int ASKERS = 8;

    /// Requests before that do not count: the code is not compiled yet.
    private static final long WARM_UP = Duration.ofSeconds(10).toNanos();

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final long BETWEEN_REQUESTS = Duration.ofSeconds(1).toNanos() / 100;

    private final DatabaseSettings settings;
    private final int tenants;
    private final List<List<Made>> templates = new ArrayList<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /// A record of a template tenant.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Made(String topic, byte[] key, byte[] value, long timestamp) {}

    private ReplicaMeasurement(DatabaseSettings settings, int environments) {
        this.settings = settings;
        this.tenants = environments / PER_TENANT;
        for (int template = 0; template < TEMPLATE_TENANTS; template++) {
            templates.add(template(template));
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "replica");
        DatabaseSettings settings =
                new DatabaseSettings(folder, Long.parseLong(args[2]), DatabaseSettings.TIMELINE_KEPT, "");
        new ReplicaMeasurement(settings, Integer.parseInt(args[1]))
                .run(args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE);
    }

    private void run(long recordsPerSecond) throws Exception {
        long began = System.nanoTime();
        long records = 0;
        try (ReplicaDatabase database = ReplicaDatabase.open(FilledReplica.TOPICS, settings)) {
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (int tenant = 0; tenant < tenants; tenant++) {
                batch.addAll(records(tenant));
                if (batch.size() >= BATCH || tenant == tenants - 1) {
                    records += batch.size();
                    database.apply(batch, Map.copyOf(positions));
                    batch.clear();
                }
            }
        }
        report("filled with %,d environments, %,d records".formatted(tenants * PER_TENANT, records), began);
        began = System.nanoTime();
        try (ReplicaDatabase database = ReplicaDatabase.open(FilledReplica.TOPICS, settings)) {
            try (ReplicaView view = database.view(Caller.ANYBODY, ClusterProgress.NONE)) {
                System.out.println(view.counts());
            }
            report("opened again", began);
            ask(database, recordsPerSecond);
        }
        System.out.printf("%s; on disk %,d MB%n", memory(), size());
    }

    /// The writer's changes are rows and outputs of tenants that are there already, of another template.
    private void ask(ReplicaDatabase database, long recordsPerSecond) throws InterruptedException {
        AtomicBoolean asking = new AtomicBoolean(true);
        AtomicLong applied = new AtomicLong();
        Thread writer = Thread.ofPlatform().start(() -> {
            Random random = new Random(1);
            long start = System.nanoTime();
            while (asking.get()) {
                List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
                while (batch.size() < BATCH) {
                    batch.addAll(records(random.nextInt(tenants), random.nextInt(TEMPLATE_TENANTS)));
                }
                database.apply(batch, Map.copyOf(positions));
                long sum = applied.addAndGet(batch.size());
                double due = recordsPerSecond == Long.MAX_VALUE ? 0 : 1e9 * sum / recordsPerSecond;
                LockSupport.parkNanos((long) due - (System.nanoTime() - start));
            }
        });
        Map<String, Times> times = new ConcurrentSkipListMap<>();
        long start = System.nanoTime();
        try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            for (int request = 0; request < REQUESTS; request++) {
                long due = start + request * BETWEEN_REQUESTS;
                Random random = new Random(request);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                // From when it was scheduled, so that waiting for other requests counts.
                askers.execute(() -> {
                    long cpu = CPU.getCurrentThreadCpuTime();
                    String kind = request(database, random);
                    if (due - start > WARM_UP) {
                        times.computeIfAbsent(kind, _ -> new Times())
                                .add(System.nanoTime() - due, CPU.getCurrentThreadCpuTime() - cpu);
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        asking.set(false);
        writer.join();
        System.out.printf("writer: %,.0f records/s%n", applied.get() / seconds);
        times.forEach(ReplicaMeasurement::print);
    }

    private String request(ReplicaDatabase database, Random random) {
        int tenant = random.nextInt(tenants);
        TenantId id = new TenantId(name(tenant));
        EnvironmentId environment = new EnvironmentId(environment(tenant, random.nextInt(PER_TENANT)));
        try (ReplicaView view = database.view(Caller.ANYBODY, ClusterProgress.NONE)) {
            int kind = random.nextInt(10);
            if (kind < 4) {
                view.store(Nodes.ENVIRONMENTS, id).get(RowKeys.environment(id, environment));
                view.store(Nodes.KEYS, id).all().close();
                view.staleness(id);
                return "look-up";
            }
            EnvironmentQuery query = query(kind, id, environment, random);
            if (kind == 4) {
                view.timeline(id, Optional.of(environment), Optional.empty(), 20);
                return "timeline";
            }
            if (kind == 5) {
                view.deadlines(new DeadlineQuery(
                        Optional.empty(), Optional.empty(), Instant.EPOCH, Instant.MAX, Optional.empty(), 100));
                view.counts();
                return "due dates and counts";
            }
            view.environments(query);
            return "page by "
                    + List.of("state", "warning and state", "text", "text and state")
                            .get(kind - 6);
        }
    }

    @SuppressWarnings("EnumOrdinal") // any of them
    private EnvironmentQuery query(int kind, TenantId tenant, EnvironmentId environment, Random random) {
        EncryptionState state = EncryptionState.values()[random.nextInt(EncryptionState.values().length)];
        return new EnvironmentQuery(
                Optional.of(tenant).filter(_ -> kind == 6 && random.nextBoolean()),
                Optional.of(state).filter(_ -> kind != 8),
                Optional.empty(),
                Optional.of(WarningCode.KEY_REVOKED).filter(_ -> kind == 7),
                Optional.<KeyId>empty(),
                Optional.of(environment.value().substring(0, 3 + random.nextInt(10)))
                        .filter(_ -> kind >= 8),
                Optional.empty(),
                50);
    }

    private static void print(String kind, Times times) {
        System.out.printf(
                "%-26s %5d requests: p50 %6.1f ms, p99 %6.1f ms, longest %6.1f ms; on the processor p50 %6.1f ms, p99 %6.1f ms%n",
                kind,
                times.whole.size(),
                times.whole.part(0.5),
                times.whole.part(0.99),
                times.whole.part(1),
                times.processor.part(0.5),
                times.processor.part(0.99));
    }

    /// How long the requests of one kind took, and how long of that on a processor: where the machine is busy
    /// with other work, only the latter is about the database.
    private static final class Times {
        private final Sample whole = new Sample();
        private final Sample processor = new Sample();

        void add(long nanos, long onProcessor) {
            whole.add(nanos);
            processor.add(onProcessor);
        }
    }

    private static final class Sample {
        private final List<Long> nanos = new ArrayList<>();

        synchronized void add(long value) {
            nanos.add(value);
        }

        synchronized int size() {
            return nanos.size();
        }

        /// In milliseconds.
        synchronized double part(double share) {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
        }
    }

    private static void report(String what, long began) {
        System.out.printf("%s in %.1f s; %s%n", what, (System.nanoTime() - began) / 1e9, memory());
    }

    private static String memory() {
        try {
            String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .findFirst()
                    .orElse("");
            Runtime heap = Runtime.getRuntime();
            return "%s, heap used %,d MB".formatted(resident, (heap.totalMemory() - heap.freeMemory()) >> 20);
        } catch (java.io.IOException failure) {
            return "memory unknown";
        }
    }

    private long size() throws java.io.IOException {
        try (var files = Files.list(settings.folder())) {
            return files.mapToLong(file -> file.toFile().length()).sum() >> 20;
        }
    }

    private static String name(int tenant) {
        return "tenant-%06d".formatted(tenant);
    }

    private static String environment(int tenant, int number) {
        return "environment-%06d-%02d".formatted(tenant, number);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(int tenant) {
        return records(tenant, tenant % TEMPLATE_TENANTS);
    }

    /// The records of a template, with the name of that tenant in the keys. Names have equal lengths.
    private List<ConsumerRecord<byte[], byte[]>> records(int tenant, int template) {
        byte[] from = "%06d".formatted(template).getBytes(StandardCharsets.UTF_8);
        byte[] to = "%06d".formatted(tenant).getBytes(StandardCharsets.UTF_8);
        return templates.get(template).stream()
                .map(made -> record(made, replaced(made.key(), from, to)))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> record(Made made, byte[] key) {
        long offset = positions.merge(new TopicPartition(made.topic(), 0), 1L, Long::sum) - 1;
        return new ConsumerRecord<>(
                made.topic(),
                0,
                offset,
                made.timestamp(),
                TimestampType.CREATE_TIME,
                key.length,
                made.value().length,
                key,
                made.value(),
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] replaced(byte[] key, byte[] from, byte[] to) {
        byte[] replaced = key.clone();
        for (int at = 0; at <= key.length - from.length; at++) {
            if (Arrays.equals(key, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, replaced, at, to.length);
                at += from.length - 1;
            }
        }
        return replaced;
    }

    /// One tenant: its environments are clean, under a key, waiting for a slot, or after a removal; in some
    /// templates the key is revoked.
    private static List<Made> template(int number) {
        List<Made> made = new ArrayList<>();
        try (TopologyHarness harness = TopologyHarness.start()) {
            events(number).forEach(harness::send);
            KeywardTopology.stores().forEach(store -> {
                try (KeyValueIterator<Bytes, byte[]> rows = harness.store(store).all()) {
                    rows.forEachRemaining(row -> {
                        if (RowKeys.tenant(store, row.key).isPresent()) {
                            made.add(new Made(FilledReplica.TOPICS.changelog(store), row.key.get(), row.value, 0));
                        }
                    });
                }
            });
            for (Topic topic : FollowedTopics.OUTPUTS) {
                harness.rawOutput(topic)
                        .forEach(output -> made.add(new Made(
                                FilledReplica.TOPICS.names().name(topic),
                                output.key().getBytes(StandardCharsets.UTF_8),
                                output.value(),
                                output.timestamp())));
            }
        }
        return made;
    }

    private static List<Event> events(int number) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < PER_TENANT; i++) {
            events.add(Events.clean(1, name(number), environment(number, i)));
            if (i % 4 != 0) {
                events.add(Events.applied(2, name(number), environment(number, i), "k" + i % 3));
            }
            if (i % 10 == 9) {
                events.add(Events.removed(4, name(number), environment(number, i), "k" + i % 3));
            }
        }
        if (number % 2 == 1) {
            events.add(Events.revoked(3, name(number), "k1"));
        }
        return events;
    }
}
