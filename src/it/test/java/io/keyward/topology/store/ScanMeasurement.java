package io.keyward.topology.store;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.metrics.StateGaugesSnapshot;
import io.keyward.topology.Events;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// Measures a pass over 500,000 environments in RocksDB: half of them with one of five keys of their tenant. To be
/// run by hand; the argument is a folder for the stores. Rests are added up and not taken, so the duration of a pass is
/// that on a machine with nothing else to do.
public final class ScanMeasurement {
    private static final int TENANTS = 5_000;
    private static final int ENVIRONMENTS = 100;
    private static final int PARTITIONS = 6;
    private static final int PASSES = 5;
    private static final Duration FRESHNESS = Duration.ofSeconds(30);

    private long rested;

    private ScanMeasurement() {}

    /// Prints a line for each pass.
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "scan");
        try (TopologyHarness topology = TopologyHarness.start()) {
            populate(topology);
            new ScanMeasurement()
                    .measure(
                            stores(folder, "environments", topology.rowsOf(Nodes.ENVIRONMENTS)),
                            stores(folder, "keys", topology.rowsOf(Nodes.KEYS)));
        }
    }

    private static void populate(TopologyHarness topology) {
        topology.given(Events.limit(1, "contoso", 1_000));
        for (int i = 0; i < ENVIRONMENTS; i++) {
            String environment = "environment-%08d".formatted(i);
            topology.given(Events.changed(1, "contoso", environment, Lifecycle.ACTIVE, Events.flowsFrom(1)));
            if (i % 2 == 0) {
                topology.given(Events.applied(2, "contoso", environment, "k" + i % 10));
            }
            topology.given(Events.changed(4, "contoso", environment, Lifecycle.ACTIVE, Events.flowsFrom(3)));
        }
        for (int key = 0; key < 10; key += 2) {
            topology.given(
                    Events.rotated(3, "contoso", "k" + key, "v1"), Events.rotated(9, "contoso", "k" + key, "v2"));
        }
    }

    /// A store for each partition, with these rows for each of its tenants.
    private static Map<Integer, KeyValueStore<Bytes, byte[]>> stores(Path folder, String name, List<String> rows) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "scan");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        Map<Integer, KeyValueStore<Bytes, byte[]>> stores = IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> store(
                                new MockProcessorContext<>(settings, new TaskId(0, partition), folder.toFile()),
                                name + partition)));
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            for (String row : rows) {
                String[] digits = row.split("=", 2);
                stores.get(tenant % PARTITIONS)
                        .put(keyOf(tenant, digits[0]), HexFormat.of().parseHex(digits[1]));
            }
        }
        return stores;
    }

    private static KeyValueStore<Bytes, byte[]> store(MockProcessorContext<?, ?> context, String name) {
        KeyValueStore<Bytes, byte[]> store =
                StoreKind.ROCKSDB.store(name).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /// The key of a row of contoso's, as that of another tenant.
    private static Bytes keyOf(int tenant, String digits) {
        byte[] key = HexFormat.of().parseHex(digits);
        byte[] name = "tenant-%08d".formatted(tenant).getBytes(StandardCharsets.UTF_8);
        int rest = "contoso".length();
        return Bytes.wrap(ByteBuffer.allocate(name.length + key.length - rest)
                .put(name)
                .put(key, rest, key.length - rest)
                .array());
    }

    private void measure(
            Map<Integer, KeyValueStore<Bytes, byte[]>> environments, Map<Integer, KeyValueStore<Bytes, byte[]>> keys) {
        try {
            ActiveStores stores = new Partitions(environments, keys);
            ActiveKeys found = new ActiveKeys(stores, PARTITIONS);
            StateGaugesSnapshot stateGauges = new StateGaugesSnapshot(
                    stores::partitions,
                    RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow().sinks(),
                    System::nanoTime);
            StoreScan scan = new StoreScan(
                    stores,
                    List.of(stateGauges, found),
                    new StoreScan.Pace(Duration.ZERO, Optional.of(FRESHNESS)),
                    InstantSource.fixed(Events.day(10)),
                    () -> System.nanoTime() + rested,
                    time -> {
                        rested += time.toNanos();
                        return true;
                    });
            for (int pass = 0; pass < PASSES; pass++) {
                measure(scan, found);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            environments.values().forEach(KeyValueStore::close);
            keys.values().forEach(KeyValueStore::close);
        }
    }

    private void measure(StoreScan scan, ActiveKeys found) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        long restedBefore = rested;
        scan.run();
        double work = (System.nanoTime() - began) / 1e9;
        int keys = found.partitions().stream()
                .mapToInt(partition -> found.inUse(partition).orElseThrow().size())
                .sum();
        System.out.printf(
                "%d environments, %d keys in use: CPU %.2f s, work %.2f s, with rests %.1f s%n",
                TENANTS * ENVIRONMENTS,
                keys,
                (threads.getCurrentThreadCpuTime() - cpu) / 1e9,
                work,
                work + (rested - restedBefore) / 1e9);
    }

    private record Partitions(
            Map<Integer, KeyValueStore<Bytes, byte[]>> environments, Map<Integer, KeyValueStore<Bytes, byte[]>> keys)
            implements ActiveStores {
        @Override
        public Set<Integer> partitions() {
            return environments.keySet();
        }

        @Override
        public Optional<Stream<StoredEnvironment>> environments(int partition) {
            return one(partition).environments(0);
        }

        @Override
        public Optional<Stream<TenantState>> tenants(int partition) {
            return one(partition).tenants(0);
        }

        @Override
        public KeyFacts keyFacts(int partition, TenantId tenant, KeyId key) {
            return one(partition).keyFacts(0, tenant, key);
        }

        @Override
        public Map<TopicPartition, Long> processedOffsets() {
            return Map.of();
        }

        private ActiveStores one(int partition) {
            return TestStores.active(environments.get(partition), keys.get(partition));
        }
    }
}
