package io.keyward.ops.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// For how long work of an instance has waited for a commit, by stream thread. Safe for many readers beside the one
/// thread that looks.
///
/// Kafka Streams counts only commits that held something. So the time since the last one would grow on an idle instance
/// as on one that cannot commit; what tells them apart is whether records have been processed since.
public final class CommitAges {
    private static final String GROUP = "stream-thread-metrics";

    private final Supplier<Map<MetricName, ? extends Metric>> streams;
    private final LongSupplier nanoTime;
    private final Map<String, Progress> threads = new ConcurrentHashMap<>();

    /// @param streams the metrics of Kafka Streams
    public CommitAges(Supplier<Map<MetricName, ? extends Metric>> streams) {
        this(streams, System::nanoTime);
    }

    CommitAges(Supplier<Map<MetricName, ? extends Metric>> streams, LongSupplier nanoTime) {
        this.streams = streams;
        this.nanoTime = nanoTime;
    }

    /// @param commits since the start of the thread
    /// @param committed how many records had been processed at the last look at which nothing waited
    /// @param since when it was first seen that something waits; empty if nothing does
    private record Progress(double commits, double committed, OptionalLong since) {
        Progress next(double commitsNow, double processedNow, long now) {
            boolean nothingWaits = commitsNow != commits || processedNow == committed;
            return nothingWaits
                    ? new Progress(commitsNow, processedNow, OptionalLong.empty())
                    : new Progress(commits, committed, OptionalLong.of(since.orElse(now)));
        }
    }

    /// Compares the counts with those of the last look. A thread that has come has nothing to commit yet; what one that
    /// has gone had not committed is processed again.
    public void look() {
        KafkaMetrics kafka = KafkaMetrics.of(streams.get());
        long now = nanoTime.getAsLong();
        Map<String, Double> commits = byThread(kafka, "commit-total");
        Map<String, Double> processed = byThread(kafka, "process-total");
        threads.keySet().retainAll(processed.keySet());
        processed.forEach((thread, records) -> {
            double count = commits.getOrDefault(thread, 0.0);
            Progress before = threads.getOrDefault(thread, new Progress(count, records, OptionalLong.empty()));
            threads.put(thread, before.next(count, records, now));
        });
    }

    /// How long the work that has waited longest has waited, as far as it was looked; zero when none waits.
    Duration oldest() {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(threads.values().stream()
                .flatMapToLong(thread -> thread.since().stream())
                .map(since -> now - since)
                .max()
                .orElse(0));
    }

    private static Map<String, Double> byThread(KafkaMetrics kafka, String name) {
        return kafka.named(GROUP, name)
                .collect(Collectors.toMap(
                        metric -> metric.metricName().tags().getOrDefault("thread-id", ""),
                        metric -> KafkaMetrics.values(metric).sum(),
                        Double::max,
                        HashMap::new));
    }
}
