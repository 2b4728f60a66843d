package io.keyward.ops.health;

import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Detects stream threads that hang: they have not polled Kafka for longer than a limit although Kafka answers.
///
/// A thread polls many times a second, also without records, during a rebalance and during a restoration. It stops
/// polling when a record or a batch of a fan-out never completes, or when Kafka does not answer. In the latter
/// case a restart does not help. So once a thread has not polled for a while, this class also sends a request to
/// Kafka, and ignores the time before Kafka's first answer.
///
/// After `max.poll.interval.ms`, Kafka assigns the thread's partitions to other members. Other threads of this
/// process still cannot take them, because their state is still open.
public final class StallWatch implements AutoCloseable {
    public static final String SETTING = "keyward.health.stalled-after";

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final int POLLS_WITHIN_THE_LIMIT = 10;
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(30);

    private final Supplier<Map<String, Duration>> sinceTheirPoll;
    private final BooleanSupplier kafkaAnswers;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final PeriodicTask task;

    private volatile OptionalLong answersSince = OptionalLong.empty();
    private Set<String> reported = Set.of();

    StallWatch(
            Supplier<Map<String, Duration>> sinceTheirPoll,
            BooleanSupplier kafkaAnswers,
            Duration limit,
            LongSupplier nanoTime) {
        this.sinceTheirPoll = sinceTheirPoll;
        this.kafkaAnswers = kafkaAnswers;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.task = new PeriodicTask("keyward-stall-watch", period(), this::pollOnce);
    }

    /// Starts to watch the threads of `streams`, which may be started later.
    ///
    /// @param kafkaAnswers sends a request to Kafka; runs on its own thread and may block
    /// @param limit longer than a working thread ever takes from one poll to the next
    public static StallWatch start(KafkaStreams streams, BooleanSupplier kafkaAnswers, Duration limit) {
        StallWatch watch = new StallWatch(new PollTimes(streams), kafkaAnswers, limit, System::nanoTime);
        watch.task.start();
        return watch;
    }

    /// The hanging threads, each as a sentence for an operator.
    public List<String> problems() {
        return stalled().entrySet().stream()
                .map(thread ->
                        "Stream thread %s hangs: it has not polled for %d s, although Kafka answers; the limit is %s (%s). The log has its stack trace. Restart this instance."
                                .formatted(thread.getKey(), thread.getValue().toSeconds(), limit, SETTING))
                .toList();
    }

    /// Checks the threads once, and also Kafka if a thread has not polled for a while.
    void poll() {
        boolean quiet = sinceTheirPoll.get().values().stream().anyMatch(since -> since.compareTo(period()) > 0);
        if (!quiet || !kafkaAnswers.getAsBoolean()) {
            answersSince = OptionalLong.empty();
        } else if (answersSince.isEmpty()) {
            answersSince = OptionalLong.of(nanoTime.getAsLong());
        }
        report(stalled().keySet());
    }

    /// The hanging threads, with the time since their last poll.
    private Map<String, Duration> stalled() {
        OptionalLong since = answersSince;
        boolean answersLongEnough = since.isPresent() && nanoTime.getAsLong() - since.getAsLong() > limit.toNanos();
        return answersLongEnough
                ? sinceTheirPoll.get().entrySet().stream()
                        .filter(thread -> thread.getValue().compareTo(limit) > 0)
                        .collect(
                                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new))
                : Map.of();
    }

    /// Logs the stack trace of each newly hanging thread, because a restart loses it.
    private void report(Set<String> stalled) {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (stalled.contains(thread.getName()) && !reported.contains(thread.getName())) {
                Throwable where = new IllegalStateException("Stack trace of the thread, in state " + thread.getState());
                where.setStackTrace(stack);
                LOG.error("Stream thread {} hangs", thread.getName(), where);
            }
        });
        reported = Set.copyOf(stalled);
    }

    private Duration period() {
        Duration part = limit.dividedBy(POLLS_WITHIN_THE_LIMIT);
        return part.compareTo(LONGEST_PERIOD) < 0 ? part : LONGEST_PERIOD;
    }

    /// Logs a failed check; the next one runs as usual.
    private void pollOnce() {
        try {
            poll();
        } catch (RuntimeException failure) {
            answersSince = OptionalLong.empty();
            LOG.warn("The check for hanging stream threads failed", failure);
        }
    }

    @Override
    public void close() {
        task.interrupt();
    }
}
