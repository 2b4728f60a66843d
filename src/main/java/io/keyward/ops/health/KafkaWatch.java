package io.keyward.ops.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.TimeoutException;

/// Asks the Kafka cluster every few seconds, with the credentials of the instance and on a connection and a thread of
/// its own, which nodes it has, and reports whether it answers.
///
/// What the clients of the stream threads know does not tell that: their polls return, without records, whether brokers
/// answer or not; what they have received stands still as well while a join waits for other members; and all of it
/// begins anew with a replaced thread. One small request in five seconds does, and needs no permission.
public final class KafkaWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /// One broker of several that does not answer must not use up the time for the question.
    private static final int REQUEST_LIMIT_MILLIS = 3_000;

    private static final int QUESTION_LIMIT_MILLIS = 10_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Admin admin;
    private final KafkaHealth health;
    private final Runnable besides;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("keyward-kafka-watch").unstarted(this::goOn);

    private KafkaWatch(Admin admin, KafkaHealth health, Runnable besides) {
        this.admin = admin;
        this.health = health;
        this.besides = besides;
    }

    /// Begins to ask.
    ///
    /// @param client the settings of Kafka's clients
    /// @param besides done after each question, answered or not
    public static KafkaWatch start(Map<String, ?> client, KafkaHealth health, Runnable besides) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "keyward-kafka-watch");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, QUESTION_LIMIT_MILLIS);
        KafkaWatch watch = new KafkaWatch(Admin.create(settings), health, besides);
        watch.thread.start();
        return watch;
    }

    /// Stops; a question that is open is given up.
    @Override
    public void close() {
        closed.countDown();
        admin.close(Duration.ZERO);
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                ask();
                besides.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            admin.describeCluster().nodes().get();
            health.answered();
        } catch (ExecutionException failure) {
            if (closed.getCount() > 0) {
                health.failed(reason(failure.getCause()));
            }
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "the last question waited for %d s".formatted(QUESTION_LIMIT_MILLIS / 1_000)
                : failure.toString();
    }
}
