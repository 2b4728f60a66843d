package io.keyward.bench.measure;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// A subject at work: its process, and how far it is.
final class Contender implements AutoCloseable {
    /// The longest that a subject may make no progress at all.
    private static final Duration STALL_LIMIT = Duration.ofSeconds(90);

    private final Ground ground;
    private final Jvm jvm;
    private final JvmProbe probe;
    private final String group;
    private final Set<String> inputs;

    Contender(Ground ground, Jvm jvm, String group, Set<String> inputs) {
        this.ground = ground;
        this.jvm = jvm;
        this.group = group;
        this.inputs = inputs;
        probe = JvmProbe.attach(jvm);
    }

    /// What a subject has done and used at one moment.
    record Sample(long nanos, long events, long cpuNanos, long brokerCpuNanos, long allocatedBytes) {
        Usage since(Sample before) {
            return new Usage(
                    events - before.events,
                    (nanos - before.nanos) / 1e9,
                    cpuNanos - before.cpuNanos,
                    brokerCpuNanos - before.brokerCpuNanos,
                    allocatedBytes - before.allocatedBytes);
        }
    }

    JvmProbe probe() {
        return probe;
    }

    /// Waits until the subject has committed so many events, and takes a sample at once.
    ///
    /// @throws BenchException if it ends before, or makes no progress for too long
    Sample sampleAt(long events) {
        long progress = -1;
        long progressAt = System.nanoTime();
        while (true) {
            long done = committedEvents();
            if (done >= events && isDrained()) {
                return new Sample(
                        System.nanoTime(),
                        done,
                        probe.cpuNanos(),
                        ground.probe().cpuNanos(),
                        probe.allocatedBytes());
            }
            if (done > progress) {
                progress = done;
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > STALL_LIMIT.toNanos()) {
                throw new BenchException("%s has stopped at %,d of %,d events; the end of its log:%n%s"
                        .formatted(group, done, events, jvm.endOfLog()));
            }
            jvm.requireAlive();
            Patience.pause();
        }
    }

    /// Ends its process as an operator would.
    void terminate() {
        jvm.terminate();
    }

    private long committedEvents() {
        return ground.committed(group).entrySet().stream()
                .filter(entry -> inputs.contains(entry.getKey().topic()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Whether nothing is left between the steps of a subject that has several. A topic between them ends with the
    /// marker of a transaction, which no reader commits.
    private boolean isDrained() {
        Set<String> between = ground.topics(name -> name.startsWith(group + "-") && name.endsWith("-repartition"));
        if (between.isEmpty()) {
            return true;
        }
        Map<TopicPartition, Long> committed = ground.committed(group);
        return ground.ends(between, IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue() - 1);
    }

    @Override
    public void close() {
        probe.close();
        jvm.close();
    }
}
