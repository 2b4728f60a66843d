package io.keyward.ops.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/// The time since the last poll of each stream thread that is not dead, by thread name, in whole seconds.
/// Threads that have not polled yet are left out.
record PollTimes(KafkaStreams streams) implements Supplier<Map<String, Duration>> {
    private static final String GROUP = "consumer-metrics";
    private static final String SECONDS = "last-poll-seconds-ago";

    @Override
    public Map<String, Duration> get() {
        Map<String, String> threads = threadsByConsumer();
        Map<String, Duration> times = new HashMap<>();
        streams.metrics().forEach((name, metric) -> {
            String thread = threads.get(name.tags().getOrDefault("client-id", ""));
            if (thread != null && isPollTime(name) && seconds(metric) >= 0) {
                times.put(thread, Duration.ofSeconds(seconds(metric)));
            }
        });
        return times;
    }

    private Map<String, String> threadsByConsumer() {
        try {
            return streams.metadataForLocalThreads().stream()
                    .filter(thread -> !thread.threadState().equals("DEAD"))
                    .collect(Collectors.toMap(ThreadMetadata::consumerClientId, ThreadMetadata::threadName));
        } catch (IllegalStateException notRunning) {
            return Map.of();
        }
    }

    private static boolean isPollTime(MetricName name) {
        return name.group().equals(GROUP) && name.name().equals(SECONDS);
    }

    /// Negative before the first poll.
    private static long seconds(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.longValue() : -1;
    }
}
