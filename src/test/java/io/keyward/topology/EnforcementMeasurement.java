package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// Measures what reports on enforcement cost, in RocksDB: environments get a policy; with parts, all parts of all
/// components of them report twice, in random order; each environment is decided again; all stores are filled anew, as
/// from their changelogs, and opened again. To be run by hand: a folder for the stores, how many environments, how many
/// parts each component has, and the evidence. With 0 parts and the evidence `-`, it also runs with the classes of
/// releases that know no reports.
final class EnforcementMeasurement {
    private static final int ENVIRONMENTS_PER_TENANT = 20;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Flow flow;
    private MockProcessorContext<String, byte[]> context;
    private DecideProcessor processor;
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();

    private EnforcementMeasurement(Path folder, String evidence) {
        this.folder = folder;
        this.flow = new Flow(TopologyHarness.NAMES, 1, profile(evidence), Bounds.DEFAULT, () -> Events.day(9));
        start("first");
    }

    private static RuleProfile profile(String evidence) {
        RuleProfile profile = RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
        return evidence.equals("-") ? profile : profile.with(RuleProfile.Evidence.valueOf(evidence));
    }

    private void start(String name) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "enforcement");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        context = new MockProcessorContext<>(
                settings, new TaskId(0, 0), folder.resolve(name).toFile());
        context.setCurrentSystemTimeMs(0);
        KeywardTopology.stores().forEach(this::open);
        processor = new DecideProcessor(
                flow,
                new PublicationWriter(ValueSerde.own(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT)),
                FlowObserver.NONE);
        processor.init(context);
    }

    private void open(String name) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        stores.put(name, store);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "enforcement");
        int environments = Integer.parseInt(args[1]);
        int parts = Integer.parseInt(args[2]);
        EnforcementMeasurement measurement = new EnforcementMeasurement(folder, args[3]);
        measurement.policies(-environments, environments, "warm-up, not in the sizes: ");
        measurement.policies(0, environments, "");
        if (parts > 0) {
            measurement.reports(environments, parts);
        }
        measurement.decideAgain(environments);
        measurement.sizes(2 * environments, environments);
        measurement.restore();
    }

    private static String tenant(int number) {
        return "tenant-%06d".formatted(Math.floorDiv(number, ENVIRONMENTS_PER_TENANT) + 500_000);
    }

    private static String environment(int number) {
        return "environment-%08d".formatted(number + 50_000_000);
    }

    private void policies(int from, int count, String about) {
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = from; i < from + count; i++) {
            if (i % ENVIRONMENTS_PER_TENANT == 0) {
                process(Events.rotated(1, tenant(i), "k1", "v1"));
            }
            process(Events.clean(1, tenant(i), environment(i)));
            process(Events.applied(2, tenant(i), environment(i), "k1"));
            process(Events.clean(3, tenant(i), environment(i)));
        }
        System.out.printf("%s%,.0f events/s without reports%n", about, 3.0 * count / seconds(start));
    }

    private void reports(int environments, int parts) {
        String[] names = new String[parts];
        for (int part = 0; part < parts; part++) {
            names[part] = parts == 1 ? "" : "storage-account-%04d".formatted(part);
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < environments * parts * Component.values().length; i++) {
            all.add(i);
        }
        for (int round = 0; round < 2; round++) {
            Collections.shuffle(all, new Random(round));
            int day = 4 + round;
            long start = CPU.getCurrentThreadCpuTime();
            for (int number : all) {
                int environment = number % environments;
                int rest = number / environments;
                List<Component> components = List.of(Component.values());
                process(Events.reported(
                        day,
                        tenant(environment),
                        environment(environment),
                        components.get(rest % components.size()),
                        names[rest / components.size()],
                        "k1",
                        names));
            }
            System.out.printf(
                    "%,.0f reports/s, %s time (%,d reports)%n",
                    all.size() / seconds(start), round == 0 ? "the first" : "the second", all.size());
        }
    }

    /// A rotation of each tenant's key reaches its environments.
    private void decideAgain(int environments) {
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < environments; i += ENVIRONMENTS_PER_TENANT) {
            process(Events.rotated(6, tenant(i), "k1", "v2"));
        }
        System.out.printf("%.3f ms to decide an environment again%n", 1e3 * seconds(start) / environments);
    }

    /// @param environments how many have a row; half of them were there to warm up
    private void sizes(int environments, int reporting) {
        System.out.printf("%.0f bytes of row per environment%n", bytes(Nodes.ENVIRONMENTS) / (double) environments);
        if (stores.containsKey("enforcement")) {
            System.out.printf(
                    "%,.0f bytes of reports per environment, %,d rows%n",
                    bytes("enforcement") / (double) reporting,
                    rows("enforcement").size());
        }
    }

    private long bytes(String store) {
        return rows(store).stream()
                .mapToLong(row -> (long) row.key.get().length + row.value.length)
                .sum();
    }

    private List<KeyValue<Bytes, byte[]>> rows(String store) {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        try (var all = stores.get(store).all()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    private void restore() {
        Map<String, List<KeyValue<Bytes, byte[]>>> changelogs = new HashMap<>();
        stores.keySet().forEach(name -> changelogs.put(name, rows(name)));
        stores.values().forEach(KeyValueStore::close);
        long start = CPU.getCurrentThreadCpuTime();
        start("restored");
        changelogs.forEach((name, rows) -> {
            for (int i = 0; i < rows.size(); i += 1_000) { // as Kafka Streams restores: in batches
                stores.get(name).putAll(rows.subList(i, Math.min(rows.size(), i + 1_000)));
            }
        });
        System.out.printf("%.2f s to fill the stores anew%n", seconds(start));
        stores.values().forEach(KeyValueStore::close);
        start = CPU.getCurrentThreadCpuTime();
        start("restored");
        System.out.printf("%.2f s to open them again%n", seconds(start));
        stores.values().forEach(KeyValueStore::close);
    }

    private static double seconds(long start) {
        return (CPU.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private void process(Event event) {
        Origin origin = new Origin(TopologyHarness.NAMES.name(TopologyHarness.topicOf(event)), 0, 1);
        processor.process(new Record<>(
                event.tenantId().value(),
                new Admitted(event, origin, new byte[0]),
                event.occurredAt().toEpochMilli()));
        context.resetForwards();
    }
}
