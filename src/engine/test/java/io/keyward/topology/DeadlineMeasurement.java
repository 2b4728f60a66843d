package io.keyward.topology;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// Measures what waiting deadlines cost: the same events, in turns, through a processor whose stores hold
/// deadlines of as many environments as the second argument says, and through one whose stores hold these
/// environments without their deadlines. Then all deadlines are due at once. RocksDB; to be run by hand; the
/// first argument is a folder for the stores.
final class DeadlineMeasurement {
    private static final int ROUNDS = 10;
    private static final int ENVIRONMENTS_PER_ROUND = 5_000;
    private static final int ENVIRONMENTS_PER_TENANT = 50;
    private static final long PUNCTUATED_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    private final MeasuredProcessor processor;
    private Instant now = Events.day(4);
    private long longestNanos;
    private long lastPunctuated;

    private DeadlineMeasurement(Path folder) {
        processor = new MeasuredProcessor(
                folder,
                new Flow(
                        TopologyHarness.NAMES,
                        1,
                        RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                        Bounds.DEFAULT,
                        () -> now));
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "deadlines");
        int environments = Integer.parseInt(args[1]);
        DeadlineMeasurement with = new DeadlineMeasurement(folder.resolve("with"));
        DeadlineMeasurement without = new DeadlineMeasurement(folder.resolve("without"));
        with.leaveKey(0, environments);
        without.leaveKey(0, environments);
        without.deleteDeadlines();
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int from = environments + round * ENVIRONMENTS_PER_ROUND;
            boolean first = round % 2 == 0;
            double one = (first ? with : without).leaveKey(from, ENVIRONMENTS_PER_ROUND);
            double other = (first ? without : with).leaveKey(from, ENVIRONMENTS_PER_ROUND);
            double ratio = first ? one / other : other / one;
            sum += ratio;
            System.out.printf(
                    "round %d: %,.0f events/s with %,d waiting deadlines, %,.0f without: %.3f%n",
                    round, first ? one : other, environments, first ? other : one, ratio);
        }
        System.out.printf("mean ratio %.3f%n", sum / ROUNDS);
        with.expireAllDeadlines();
    }

    /// Environments get a policy and lose it; returns events per second.
    private double leaveKey(int from, int count) {
        long start = System.nanoTime();
        for (int i = from; i < from + count; i++) {
            String tenant = "tenant-%06d".formatted(i / ENVIRONMENTS_PER_TENANT);
            String environment = "environment-%08d".formatted(i);
            process(Events.clean(1, tenant, environment));
            process(Events.applied(2, tenant, environment, "k1"));
            process(Events.removed(3, tenant, environment, "k1"));
            if (System.nanoTime() - lastPunctuated > PUNCTUATED_EVERY) {
                lastPunctuated = System.nanoTime();
                punctuate();
            }
        }
        return 3.0 * count / ((System.nanoTime() - start) / 1e9);
    }

    private void deleteDeadlines() {
        KeyValueStore<Bytes, byte[]> deadlines = processor.store(Nodes.DEADLINES);
        List<Bytes> rows = new ArrayList<>();
        try (var all = deadlines.all()) {
            all.forEachRemaining(row -> rows.add(row.key));
        }
        rows.forEach(deadlines::delete);
        new DeadlineStore(deadlines).setFilled();
    }

    private void expireAllDeadlines() {
        now = Events.day(40);
        longestNanos = 0;
        long start = System.nanoTime();
        long events = 0;
        int idle = 0;
        while (idle < 2) {
            List<Event.TimeReached> written = punctuate();
            written.forEach(this::process);
            events += written.size();
            idle = written.isEmpty() ? idle + 1 : 0;
        }
        System.out.printf(
                "everything due at once: %,d time events in %.1f s, the longest step %.0f ms%n",
                events, (System.nanoTime() - start) / 1e9, longestNanos / 1e6);
    }

    private void process(Event event) {
        long start = System.nanoTime();
        processor.process(event);
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        processor.commitIfDue();
    }

    /// Returns the time events that were written.
    private List<Event.TimeReached> punctuate() {
        List<Event.TimeReached> written = new ArrayList<>();
        MockProcessorContext<String, byte[]> context = processor.context();
        for (MockProcessorContext.CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            long start = System.nanoTime();
            punctuator.getPunctuator().punctuate(now.toEpochMilli());
            longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        }
        context.forwarded(Nodes.write(Topic.TIME_REACHED))
                .forEach(forward -> written.add(new Event.TimeReached(
                        new TenantId((String) forward.record().key()), Events.day(33))));
        context.resetForwards();
        return written;
    }
}
