package io.keyward.ops.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks when the Kafka cluster last answered this instance. Logs once when an outage starts and once when it
/// ends. Any number of threads may read; one thread reports answers.
public final class KafkaHealth {
    /// The longest time without an answer that does not count as an outage. Within it, clients switch from one
    /// unresponsive broker to another, and its partitions get a new leader.
    static final Duration LIMIT = Duration.ofSeconds(20);

    /// How long after an outage the clients still report its effects: failed requests, aborted transactions,
    /// lost group memberships.
    static final Duration AFTERMATH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);

    private final String addresses;
    private final LongSupplier nanoTime;
    private volatile long answeredAt;
    private volatile String lastFailure = "no request has been sent yet";
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean reported;
    private volatile long overAt;

    /// Starts as if the cluster had just answered, because the checks before the start reached it.
    ///
    /// @param addresses the brokers' addresses, as configured
    /// @param nanoTime such as [System#nanoTime]
    public KafkaHealth(String addresses, LongSupplier nanoTime) {
        this.addresses = addresses;
        this.nanoTime = nanoTime;
        answeredAt = nanoTime.getAsLong();
        overAt = answeredAt;
    }

    /// The time since the last answer.
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - answeredAt);
    }

    /// The problem as a sentence; empty while the last answer is recent enough.
    public Optional<String> problem() {
        Duration age = age();
        return age.compareTo(LIMIT) > 0 ? Optional.of(sentence(age)) : Optional.empty();
    }

    void answered() {
        Duration age = age();
        answeredAt = nanoTime.getAsLong();
        if (reported) {
            overAt = answeredAt + AFTERMATH.toNanos();
            reported = false;
            LOG.info("Kafka at {} answers again, after {} s", addresses, age.toSeconds());
        } else if (!isReported() && leftOut.get() > 0) {
            LOG.info(
                    "Not logged during the outage of Kafka and for {} s after it: {} warnings and errors of Kafka's clients about the outage",
                    AFTERMATH.toSeconds(),
                    leftOut.getAndSet(0));
        }
    }

    /// Whether the log has reported an outage that is not over yet, including its aftermath.
    boolean isReported() {
        return reported || nanoTime.getAsLong() - overAt < 0;
    }

    /// Counts a log line that was suppressed because of a reported outage.
    void leftOut() {
        leftOut.incrementAndGet();
    }

    /// Reports that the cluster did not answer a request.
    ///
    /// @param why the reason, as a clause
    void failed(String why) {
        lastFailure = why;
        if (!reported && problem().isPresent()) {
            reported = true;
            LOG.warn("Kafka does not answer; events wait until it does: {}", sentence(age()));
        }
    }

    private String sentence(Duration age) {
        return "no broker at %s has answered for %d s (%s).".formatted(addresses, age.toSeconds(), lastFailure);
    }
}
