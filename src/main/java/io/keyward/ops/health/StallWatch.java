package io.keyward.ops.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices stream threads that hang: that have not asked Kafka for records for longer than a limit, all the while that
/// Kafka answers.
///
/// A thread asks many times a second, also while nothing waits for it, partitions are assigned or state is restored.
/// What keeps it from asking is a record, or a part of a fan-out, that does not come to its end; or a Kafka that does
/// not answer, for which a restart is no cure. So Kafka is asked too, once a thread has been quiet for a while, and the
/// time before its first answer does not count. Kafka gives the partitions of a quiet thread to others after
/// `max.poll.interval.ms`, but not even then can another thread of this process have them: their state is still open.
public final class StallWatch implements AutoCloseable {
    public static final String SETTING = "keyward.health.stalled-after";

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final int LOOKS_WITHIN_THE_LIMIT = 10;
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(30);

    private final Supplier<Map<String, Duration>> sinceTheirPoll;
    private final BooleanSupplier kafkaAnswers;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("keyward-stall-watch").unstarted(this::goOn);

    private volatile OptionalLong answersSince = OptionalLong.empty();
    private Set<String> told = Set.of();

    StallWatch(
            Supplier<Map<String, Duration>> sinceTheirPoll,
            BooleanSupplier kafkaAnswers,
            Duration limit,
            LongSupplier nanoTime) {
        this.sinceTheirPoll = sinceTheirPoll;
        this.kafkaAnswers = kafkaAnswers;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /// Begins to watch the threads of `streams`, which need not have been started yet.
    ///
    /// @param kafkaAnswers asks Kafka, on a thread of its own; may take its time
    /// @param limit longer than a thread that works ever takes from one poll to the next
    public static StallWatch start(KafkaStreams streams, BooleanSupplier kafkaAnswers, Duration limit) {
        StallWatch watch = new StallWatch(new PollTimes(streams), kafkaAnswers, limit, System::nanoTime);
        watch.thread.start();
        return watch;
    }

    /// That health, and in both of its aspects the threads that hang.
    public HealthSource over(HealthSource health) {
        return new HealthSource() {
            @Override
            public Health liveness() {
                return worse(health.liveness());
            }

            @Override
            public Health readiness() {
                return worse(health.readiness());
            }
        };
    }

    private Health worse(Health health) {
        List<String> reasons = new ArrayList<>(health.reasons());
        stalled()
                .forEach((name, quiet) -> reasons.add(
                        "Stream thread %s hangs: it has not asked Kafka for records for %d s, while Kafka answers; the limit is %s (%s). The log shows where it stands. Restart this instance."
                                .formatted(name, quiet.toSeconds(), limit, SETTING)));
        return new Health(reasons);
    }

    /// One look at the threads, and at Kafka if one of them is quiet.
    void look() {
        boolean quiet = sinceTheirPoll.get().values().stream().anyMatch(since -> since.compareTo(period()) > 0);
        if (!quiet || !kafkaAnswers.getAsBoolean()) {
            answersSince = OptionalLong.empty();
        } else if (answersSince.isEmpty()) {
            answersSince = OptionalLong.of(nanoTime.getAsLong());
        }
        tell(stalled().keySet());
    }

    /// The threads that hang, with how long each has been quiet.
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

    /// A restart takes with it what a thread hangs at: the log keeps it.
    private void tell(Set<String> stalled) {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (stalled.contains(thread.getName()) && !told.contains(thread.getName())) {
                Throwable where = new IllegalStateException("It stands here, in state " + thread.getState());
                where.setStackTrace(stack);
                LOG.error("Stream thread {} hangs", thread.getName(), where);
            }
        });
        told = Set.copyOf(stalled);
    }

    private Duration period() {
        Duration part = limit.dividedBy(LOOKS_WITHIN_THE_LIMIT);
        return part.compareTo(LONGEST_PERIOD) < 0 ? part : LONGEST_PERIOD;
    }

    private void goOn() {
        try {
            while (!closed.await(period().toNanos(), TimeUnit.NANOSECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// A look that fails proves nothing, and shall not be the last one.
    private void lookOnce() {
        try {
            look();
        } catch (RuntimeException failure) {
            answersSince = OptionalLong.empty();
            LOG.warn("It could not be found out whether a stream thread hangs", failure);
        }
    }

    /// Stops to look.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
