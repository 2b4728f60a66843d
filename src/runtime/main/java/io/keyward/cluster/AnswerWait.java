package io.keyward.cluster;

import io.keyward.config.AdminSettings;
import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for answers of a cluster. If the first one is slow, it reports once what it waits for and until when.
final class AnswerWait {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWait.class);

    /// The client ends a call at its own limit. Waiting a little longer lets the client's own error arrive.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final AdminSettings connection;
    private final Duration quietPeriod;
    private final Consumer<String> notice;
    private boolean noticed;

    AnswerWait(AdminSettings connection) {
        this(connection, Duration.ofSeconds(2), AnswerWait::announce);
    }

    /// @param quietPeriod how long it waits before it reports anything
    AnswerWait(AdminSettings connection, Duration quietPeriod, Consumer<String> notice) {
        this.connection = connection;
        this.quietPeriod = quietPeriod;
        this.notice = notice;
    }

    /// Writes to the log if warnings are logged, otherwise to standard error.
    private static void announce(String notice) {
        if (LOG.isWarnEnabled()) {
            LOG.warn(notice);
        } else {
            System.err.println("keyward: " + notice);
        }
    }

    /// @throws TimeoutException if there is no answer within the client's limit
    <T> T get(KafkaFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        Stopwatch stopwatch = Stopwatch.start();
        Duration limit = connection.limit().plus(GRACE);
        if (!noticed) {
            try {
                return answer.get(quietPeriod.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                announce(stopwatch.left(limit));
            }
        }
        return answer.get(stopwatch.left(limit).toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Reports what it waits for, once.
    void announce(Duration left) {
        if (!noticed) {
            noticed = true;
            notice.accept("waiting for Kafka at %s (keyward.kafka.bootstrap.servers), until %s at the latest"
                    .formatted(connection.bootstrapServers(), timeOfDay(left)));
        }
    }

    private static LocalTime timeOfDay(Duration left) {
        return LocalTime.now(ZoneId.systemDefault()).plus(left).truncatedTo(ChronoUnit.SECONDS);
    }
}
