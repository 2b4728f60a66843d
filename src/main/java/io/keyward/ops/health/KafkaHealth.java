package io.keyward.ops.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the Kafka cluster last answered this instance; says so in the log once at each turn. Safe for many readers
/// beside the one thread that reports answers.
public final class KafkaHealth {
    /// How long no answer is nothing yet: a broker of several that does not answer is passed over within it, and what
    /// it led moves to the others.
    static final Duration LIMIT = Duration.ofSeconds(20);

    /// So long after an outage the clients still find out what it has ended: requests, transactions, memberships.
    static final Duration AFTERMATH = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);

    private final String addresses;
    private final LongSupplier nanoTime;
    private volatile long answeredAt;
    private volatile String lastFailure = "it has not been asked";
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean reported;
    private volatile long overAt;

    /// Begins now, as if the cluster had just answered: it has, in the checks before.
    ///
    /// @param addresses of the brokers, as they are configured
    public KafkaHealth(String addresses) {
        this(addresses, System::nanoTime);
    }

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

    /// What is wrong, as a sentence; empty while the last answer is young enough.
    public Optional<String> problem() {
        Duration age = age();
        return age.compareTo(LIMIT) > 0 ? Optional.of(sentence(age)) : Optional.empty();
    }

    /// A question was answered.
    void answered() {
        Duration age = age();
        answeredAt = nanoTime.getAsLong();
        if (reported) {
            overAt = answeredAt + AFTERMATH.toNanos();
            reported = false;
            LOG.info("Kafka at {} answers again, after {} s", addresses, age.toSeconds());
        } else if (!isTold() && leftOut.get() > 0) {
            LOG.info(
                    "Left out in the outage of Kafka and {} s after it: {} warnings and errors of its clients about it",
                    AFTERMATH.toSeconds(),
                    leftOut.getAndSet(0));
        }
    }

    /// Whether the log has an outage that is not over, its aftermath included.
    boolean isTold() {
        return reported || nanoTime.getAsLong() - overAt < 0;
    }

    /// A line about an outage that is told is left out of the log.
    void leftOut() {
        leftOut.incrementAndGet();
    }

    /// A question was not answered.
    ///
    /// @param why as a half sentence
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
