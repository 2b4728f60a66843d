package io.keyward.bench.measure;

import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import io.keyward.testing.process.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// A running subject: its process and its progress.
final class RunningSubject implements AutoCloseable {
    /// The longest time without any progress before the run fails.
    private static final Duration STALL_LIMIT = Duration.ofSeconds(90);

    private final BenchCluster cluster;
    private final ChildJvm jvm;
    private final JvmProbe probe;
    private final String group;
    private final Set<String> inputs;

    RunningSubject(BenchCluster cluster, ChildJvm jvm, String group, Set<String> inputs) {
        this.cluster = cluster;
        this.jvm = jvm;
        this.group = group;
        this.inputs = inputs;
        probe = JvmProbe.attach(jvm);
    }

    /// The progress of a subject.
    ///
    /// @param events the committed events of the inputs
    /// @param steps the committed records that any step of the subject has read
    private record Progress(long events, long steps) {}

    /// Progress and usage of a subject at one moment.
    private record Sample(
            long nanos, long steps, long cpuNanos, long compilerNanos, long brokerCpuNanos, long allocatedBytes) {
        /// The usage since the other sample, scaled to all events.
        ///
        /// @param all the total number of events, all of which are processed now
        Usage since(Sample before, long all) {
            double share = 1 - (double) before.steps / steps;
            return new Usage(
                    Math.round(all * share),
                    (nanos - before.nanos) / 1e9,
                    cpuNanos - before.cpuNanos,
                    compilerNanos - before.compilerNanos,
                    brokerCpuNanos - before.brokerCpuNanos,
                    allocatedBytes - before.allocatedBytes);
        }
    }

    JvmProbe probe() {
        return probe;
    }

    /// Waits until the subject has committed this many events and their results.
    void awaitAll(long events) {
        var _ = follow(events);
    }

    void awaitReady(Readiness readiness) {
        readiness.await(jvm);
    }

    /// Follows the subject until it has committed this many events and their results. Returns the usage of the
    /// second half.
    ///
    /// @throws BenchException if the subject ends early or makes no progress for too long
    Usage follow(long events) {
        List<Sample> samples = new ArrayList<>();
        Sample last = sample(progress());
        Progress now = progress();
        while (now.events() < events || !isDrained()) {
            jvm.requireAlive();
            if (now.steps() > last.steps()) {
                samples.add(last);
                last = sample(now);
            } else if (System.nanoTime() - last.nanos() > STALL_LIMIT.toNanos()) {
                throw new BenchException("%s has stopped at %,d of %,d events; the end of its log:%n%s"
                        .formatted(group, now.events(), events, jvm.endOfLog()));
            }
            Patience.pause();
            now = progress();
        }
        samples.add(last);
        return secondHalf(samples, sample(now), events);
    }

    private static Usage secondHalf(List<Sample> samples, Sample end, long events) {
        return samples.stream()
                .filter(sample -> sample.steps() >= end.steps() / 2)
                .findFirst()
                .map(sample -> end.since(sample, events))
                .orElseGet(() -> end.since(end, events));
    }

    private Progress progress() {
        long inputsDone = 0;
        long all = 0;
        for (Map.Entry<TopicPartition, Long> offset : cluster.committed(group).entrySet()) {
            all += offset.getValue();
            inputsDone += inputs.contains(offset.getKey().topic()) ? offset.getValue() : 0;
        }
        return new Progress(inputsDone, all);
    }

    private Sample sample(Progress progress) {
        return new Sample(
                System.nanoTime(),
                progress.steps(),
                probe.cpuNanos(),
                probe.compilerNanos(),
                cluster.probe().cpuNanos(),
                probe.allocatedBytes());
    }

    void terminate() {
        jvm.terminate();
    }

    /// Kills its process with SIGKILL.
    void kill() {
        jvm.kill();
    }

    /// Whether the topics between the steps of a subject have no unread records. Such a topic ends with a
    /// transaction marker, and no consumer commits the offset after it.
    private boolean isDrained() {
        Set<String> between = cluster.topics(name -> name.startsWith(group + "-") && name.endsWith("-repartition"));
        if (between.isEmpty()) {
            return true;
        }
        Map<TopicPartition, Long> committed = cluster.committed(group);
        return cluster.ends(between, IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue() - 1);
    }

    @Override
    public void close() {
        probe.close();
        jvm.close();
    }
}
