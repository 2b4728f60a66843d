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

/// Measures how long processed records have waited for a commit, by stream thread. Any number of threads may read;
/// one thread calls `poll`.
///
/// Kafka Streams counts only commits that contain something. So the time since the last commit grows on an idle
/// instance as well as on one that cannot commit. The number of records processed since then distinguishes the
/// two.
public final class CommitAges {
    private static final String GROUP = "stream-thread-metrics";

    private final Supplier<Map<MetricName, ? extends Metric>> streams;
    private final LongSupplier nanoTime;
    private final Map<String, CommitProgress> threads = new ConcurrentHashMap<>();

    public CommitAges(Supplier<Map<MetricName, ? extends Metric>> streams, LongSupplier nanoTime) {
        this.streams = streams;
        this.nanoTime = nanoTime;
    }

    /// @param commits the number of commits since the thread started
    /// @param committed the number of records processed when no record was waiting last
    /// @param since when waiting records were first seen; empty if none wait
    private record CommitProgress(double commits, double committed, OptionalLong since) {
        CommitProgress next(double commitsNow, double processedNow, long now) {
            boolean nothingWaits = commitsNow != commits || processedNow == committed;
            return nothingWaits
                    ? new CommitProgress(commitsNow, processedNow, OptionalLong.empty())
                    : new CommitProgress(commits, committed, OptionalLong.of(since.orElse(now)));
        }
    }

    /// Compares the counts with the previous ones. A new thread has nothing to commit yet. Uncommitted records of
    /// a removed thread are processed again.
    public void poll() {
        KafkaMetrics kafka = new KafkaMetrics(streams.get());
        long now = nanoTime.getAsLong();
        Map<String, Double> commits = byThread(kafka, "commit-total");
        Map<String, Double> processed = byThread(kafka, "process-total");
        threads.keySet().retainAll(processed.keySet());
        processed.forEach((thread, records) -> {
            double count = commits.getOrDefault(thread, 0.0);
            CommitProgress before =
                    threads.getOrDefault(thread, new CommitProgress(count, records, OptionalLong.empty()));
            threads.put(thread, before.next(count, records, now));
        });
    }

    /// The longest time that processed records have waited, as of the last call of `poll`; zero if none wait.
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
