package io.keyward.topology;

import com.sun.management.OperatingSystemMXBean;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/// Measures a store full of reports in RocksDB: environments under a key, all of whose components have 64 parts
/// that reported. The rows of the reports are not decided one by one but restored, as from a changelog, in a
/// mixed order and each once. Then the store is opened again, and over it environments are decided again and
/// parts report. To be run by hand: a folder for the stores, how many environments, and the evidence.
final class ReportFrameMeasurement {
    private static final int PARTS = EnforcementReport.MAX_ENTRIES;
    private static final List<Component> COMPONENTS = List.of(Component.values());

    /// Two rows name the parts of a component.
    private static final int ROWS_PER_COMPONENT = PARTS + 2;

    private static final long ROWS_PER_ENVIRONMENT = (long) COMPONENTS.size() * ROWS_PER_COMPONENT;
    private static final int TENANTS_DECIDED_AGAIN = 150;
    private static final int REPORTS = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path folder;
    private final Flow flow;
    private final int environments;
    private final String[] names = IntStream.range(0, PARTS)
            .mapToObj("storage-account-%04d"::formatted)
            .toArray(String[]::new);
    private final TreeSet<PartName> parts =
            new TreeSet<>(Stream.of(names).map(PartName::new).toList());
    private MeasuredProcessor processor;
    private ReportStore codec;

    private ReportFrameMeasurement(Path folder, int environments, String evidence) {
        this.folder = folder;
        this.environments = environments;
        this.flow = EnforcementMeasurement.flow(evidence);
        open();
    }

    private void open() {
        processor = new MeasuredProcessor(folder, flow);
        codec = new ReportStore(processor.store(Nodes.ENFORCEMENT));
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "reports");
        ReportFrameMeasurement measurement = new ReportFrameMeasurement(folder, Integer.parseInt(args[1]), args[2]);
        measurement.firstReports();
        measurement.restore();
        measurement.openAgain();
        measurement.decideAgain();
        measurement.report();
        measurement.processor.close();
    }

    /// Each environment gets a policy, and a part of each component reports: the environments' own rows tell
    /// which components ever did.
    private void firstReports() {
        for (int i = 0; i < environments; i++) {
            String tenant = EnforcementMeasurement.tenant(i);
            String environment = EnforcementMeasurement.environment(i);
            if (i % EnforcementMeasurement.ENVIRONMENTS_PER_TENANT == 0) {
                process(Events.rotated(1, tenant, "k1", "v1"));
            }
            process(Events.clean(1, tenant, environment));
            process(Events.applied(2, tenant, environment, "k1"));
            for (Component component : COMPONENTS) {
                process(Events.reported(3, tenant, environment, component, names[0], "k1", names));
            }
        }
    }

    private void restore() throws IOException {
        long rows = environments * ROWS_PER_ENVIRONMENT;
        long step = coprime(rows);
        long index = 0;
        long bytes = 0;
        long restoring = 0;
        long making = 0;
        long began = System.nanoTime();
        long processBegan = PROCESS.getProcessCpuTime();
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (long made = 0; made < rows; ) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            batch.clear();
            for (; batch.size() < MeasuredProcessor.RESTORED_AT_ONCE && made < rows; made++) {
                KeyValue<Bytes, byte[]> row = row(index);
                bytes += row.key.get().length + row.value.length;
                batch.add(new ConsumerRecord<>("changelog", 0, made, row.key.get(), row.value));
                index = (index + step) % rows;
            }
            making += THREADS.getCurrentThreadCpuTime() - cpu;
            long start = System.nanoTime();
            processor.restore(Nodes.ENFORCEMENT, batch);
            restoring += System.nanoTime() - start;
        }
        System.out.printf(
                "%,d rows of %,d bytes restored in %.0f s, %.0f s with making them; CPU %.0f s without that%n",
                rows,
                bytes,
                restoring / 1e9,
                (System.nanoTime() - began) / 1e9,
                (PROCESS.getProcessCpuTime() - processBegan - making) / 1e9);
        size("after that");
    }

    private void size(String when) throws IOException {
        long bytes = MeasuredProcessor.bytesOnDisk(folder, Nodes.ENFORCEMENT);
        System.out.printf("%,d bytes on disk %s, %,d per environment%n", bytes, when, bytes / environments);
    }

    /// A step with which every row comes once, far from the one before it.
    private static long coprime(long rows) {
        long step = (long) (rows * 0.618);
        while (greatestCommonDivisor(step, rows) != 1) {
            step++;
        }
        return step;
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }

    private KeyValue<Bytes, byte[]> row(long index) {
        int environment = (int) (index / ROWS_PER_ENVIRONMENT);
        int rest = (int) (index % ROWS_PER_ENVIRONMENT);
        Component component = COMPONENTS.get(rest / ROWS_PER_COMPONENT);
        int part = rest % ROWS_PER_COMPONENT;
        Event.EnforcementReported event = Events.reported(
                4,
                EnforcementMeasurement.tenant(environment),
                EnforcementMeasurement.environment(environment),
                component,
                names[Math.min(part, PARTS - 1)],
                "k1");
        ComponentReports reports = part < PARTS
                ? reports(event)
                : new ComponentReports(
                        Collections.emptySortedMap(),
                        part == PARTS ? parts : Collections.emptySortedSet(),
                        false,
                        Optional.of(new ComponentReports.Known(event.stamp(), true, parts))
                                .filter(_ -> part > PARTS));
        TenantId tenant = event.tenantId();
        EnvironmentId id = event.environmentId();
        return codec.changes(tenant, id, Reports.NONE, new Reports(Map.of(component, reports)))
                .getFirst();
    }

    /// Such that only the row of the part differs from no reports.
    private static ComponentReports reports(Event.EnforcementReported event) {
        SortedMap<PartName, PartReports> part = new TreeMap<>();
        part.put(
                event.part(), new PartReports(new PartReports.Stated(event.stamp(), event.report()), Optional.empty()));
        return new ComponentReports(part, Collections.emptySortedSet(), false, Optional.empty());
    }

    private void openAgain() throws IOException {
        processor.close();
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        open();
        System.out.printf(
                "opened again in %.2f s, CPU %.2f s%n",
                (System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
        size("then");
    }

    /// A rotation of the keys of tenants anywhere in the store reaches their environments. As many before that
    /// are not measured.
    private void decideAgain() {
        List<Integer> tenants = new ArrayList<>();
        for (int i = 0; i < environments; i += EnforcementMeasurement.ENVIRONMENTS_PER_TENANT) {
            tenants.add(i);
        }
        Collections.shuffle(tenants, new Random(1));
        int each = Math.min(TENANTS_DECIDED_AGAIN, tenants.size() / 2);
        rotate(tenants.subList(0, each));
        long start = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        rotate(tenants.subList(each, 2 * each));
        double decided = (double) each * EnforcementMeasurement.ENVIRONMENTS_PER_TENANT;
        System.out.printf(
                "%.2f ms of CPU to decide an environment again, %.2f ms in all%n",
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / decided, (System.nanoTime() - start) / 1e6 / decided);
    }

    private void rotate(List<Integer> tenants) {
        for (int i : tenants) {
            process(Events.rotated(6, EnforcementMeasurement.tenant(i), "k1", "v2"));
        }
    }

    /// Parts anywhere in the store report again.
    private void report() {
        Random random = new Random(2);
        long start = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < REPORTS; i++) {
            int environment = random.nextInt(environments);
            process(Events.reported(
                    7,
                    EnforcementMeasurement.tenant(environment),
                    EnforcementMeasurement.environment(environment),
                    COMPONENTS.get(random.nextInt(COMPONENTS.size())),
                    names[random.nextInt(PARTS)],
                    "k1",
                    names));
        }
        System.out.printf(
                "%,.0f reports per CPU second, %,.0f per second%n",
                REPORTS * 1e9 / (THREADS.getCurrentThreadCpuTime() - cpu), REPORTS * 1e9 / (System.nanoTime() - start));
    }

    private void process(Event event) {
        processor.process(event);
        processor.commitIfDue();
    }
}
