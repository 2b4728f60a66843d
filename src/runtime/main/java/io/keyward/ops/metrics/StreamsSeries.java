package io.keyward.ops.metrics;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;

/// One of Kafka's own metrics that is exported per instance or per thread.
///
/// @param group Kafka's name of the group
/// @param name Kafka's name of the metric
/// @param counter whether it is a counter; otherwise it is a gauge
/// @param help the description, with the unit
record StreamsSeries(String group, String name, boolean counter, String help) {
    private static final String STREAMS = "stream-metrics";
    private static final String THREAD = "stream-thread-metrics";
    private static final String RESTORATION = "stream-state-updater-metrics";
    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String COORDINATION = "consumer-coordinator-metrics";

    /// All exported metrics. They distinguish a healthy instance from one that is slow, stuck, failing or
    /// restoring. Kafka has about 5,700 metrics for an instance with two threads.
    static final List<StreamsSeries> ALL = List.of(
            gauge(STREAMS, "alive-stream-threads", "Stream threads that run or take part in a rebalance"),
            counter(STREAMS, "failed-stream-threads", "Stream threads that have failed since the start"),
            gauge(STREAMS, "client-state", "State of Kafka Streams: " + clientStates()),
            gauge(
                    THREAD,
                    "thread-state",
                    "State of the thread: 0 CREATED, 1 STARTING, 2 PARTITIONS_REVOKED, 3 PARTITIONS_ASSIGNED,"
                            + " 4 RUNNING, 5 PENDING_SHUTDOWN, 6 DEAD"),
            gauge(THREAD, "poll-rate", "Polls per second"),
            gauge(THREAD, "poll-latency-avg", "Mean duration of a poll, in milliseconds"),
            gauge(THREAD, "poll-latency-max", "Longest poll, in milliseconds"),
            gauge(THREAD, "poll-ratio", "Share of the time that the thread polls, from 0 to 1"),
            gauge(THREAD, "process-rate", "Records processed per second"),
            gauge(THREAD, "process-latency-avg", "Mean duration of processing a record, in milliseconds"),
            gauge(THREAD, "process-latency-max", "Longest processing of a record, in milliseconds"),
            gauge(THREAD, "process-ratio", "Share of the time that the thread processes records, from 0 to 1"),
            gauge(THREAD, "punctuate-latency-max", "Longest continuation of an interrupted fan-out, in milliseconds"),
            gauge(THREAD, "punctuate-ratio", "Share of the time spent on interrupted fan-outs, from 0 to 1"),
            gauge(THREAD, "commit-rate", "Commits per second"),
            gauge(THREAD, "commit-latency-avg", "Mean duration of a commit, in milliseconds"),
            gauge(THREAD, "commit-latency-max", "Longest commit, in milliseconds"),
            gauge(THREAD, "commit-ratio", "Share of the time that the thread commits, from 0 to 1"),
            gauge(RESTORATION, "active-restoring-tasks", "Tasks whose state is being restored before they can run"),
            gauge(RESTORATION, "active-restore-ratio", "Share of the time spent restoring such tasks, from 0 to 1"),
            gauge(RESTORATION, "restore-records-rate", "Records restored per second, of active and standby tasks"),
            gauge(RESTORATION, "standby-updating-tasks", "Standby tasks that are being kept up to date"),
            gauge(FETCHES, "records-lag-max", "Highest lag of a partition lately, in records"),
            gauge(FETCHES, "records-consumed-rate", "Records read per second"),
            gauge("consumer-metrics", "time-between-poll-max", "Longest time between two polls, in milliseconds"),
            gauge(COORDINATION, "assigned-partitions", "Input partitions that the thread reads"),
            gauge(COORDINATION, "last-rebalance-seconds-ago", "Seconds since the last rebalance; -1: none yet"),
            counter(COORDINATION, "rebalance-total", "Rebalances since the start"),
            counter(COORDINATION, "failed-rebalance-total", "Rebalances that failed, since the start"),
            gauge("producer-metrics", "record-send-rate", "Records sent per second, changelogs included"),
            counter("producer-metrics", "record-error-total", "Records that could not be sent, since the start"));

    private static StreamsSeries gauge(String group, String name, String help) {
        return new StreamsSeries(group, name, false, help);
    }

    private static StreamsSeries counter(String group, String name, String help) {
        return new StreamsSeries(group, name, true, help);
    }

    private static String clientStates() {
        KafkaStreams.State[] states = KafkaStreams.State.values();
        return IntStream.range(0, states.length)
                .mapToObj(number -> number + " " + states[number])
                .collect(Collectors.joining(", "));
    }

    /// The name that Micrometer's binder uses, without the suffix of counters.
    String family() {
        String whole = "kafka_" + group.replace("-metrics", "") + "_" + name.replaceAll("-total$", "");
        return whole.replace('-', '_');
    }

    /// The label that distinguishes threads; empty for one series per instance.
    String label() {
        if (group.equals(STREAMS)) {
            return "";
        }
        return group.startsWith("stream-") ? "thread-id" : "client-id";
    }
}
