package io.keyward.topology;

import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
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
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/// Measures what reports on enforcement cost, in RocksDB: environments get a policy; with parts, all parts of all
/// components of them report twice, in random order; each environment is decided again; all stores are filled
/// again, as from their changelogs, and opened again. To be run by hand: a folder for the stores, how many
/// environments, how many parts each component has, and the evidence. With 0 parts and the evidence `-`, it also
/// runs with the classes of releases that know no reports.
final class EnforcementMeasurement {
    static final int ENVIRONMENTS_PER_TENANT = 20;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Flow flow;
    private MeasuredProcessor processor;

    private EnforcementMeasurement(Path folder, String evidence) {
        this.folder = folder;
        this.flow = flow(evidence);
        start("first");
    }

    /// @param evidence `-` for a release that knows no reports
    static Flow flow(String evidence) {
        RuleProfile profile = RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
        return new Flow(
                TopologyHarness.NAMES,
                1,
                evidence.equals("-") ? profile : profile.with(RuleProfile.Evidence.valueOf(evidence)),
                Bounds.DEFAULT.withFanOut(FanOutLimits.unbounded()),
                () -> Events.day(9));
    }

    private void start(String name) {
        processor = new MeasuredProcessor(folder.resolve(name), flow);
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

    static String tenant(int number) {
        return "tenant-%06d".formatted(Math.floorDiv(number, ENVIRONMENTS_PER_TENANT) + 500_000);
    }

    static String environment(int number) {
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
        if (KeywardTopology.stores().contains("enforcement")) {
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
        try (var all = processor.store(store).all()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    private void restore() {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs = new HashMap<>();
        KeywardTopology.stores().forEach(name -> changelogs.put(name, records(name)));
        processor.close();
        long start = CPU.getCurrentThreadCpuTime();
        start("restored");
        changelogs.forEach((name, records) -> {
            for (int i = 0; i < records.size(); i += MeasuredProcessor.RESTORED_AT_ONCE) {
                processor.restore(
                        name, records.subList(i, Math.min(records.size(), i + MeasuredProcessor.RESTORED_AT_ONCE)));
            }
        });
        System.out.printf("%.2f s to fill the stores again%n", seconds(start));
        processor.close();
        start = CPU.getCurrentThreadCpuTime();
        start("restored");
        System.out.printf("%.2f s to open them again%n", seconds(start));
        processor.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String store) {
        return rows(store).stream()
                .map(row -> new ConsumerRecord<>(store, 0, 0, row.key.get(), row.value))
                .toList();
    }

    private static double seconds(long start) {
        return (CPU.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private void process(Event event) {
        processor.process(event);
        processor.commitIfDue();
    }
}
