package io.keyward.ops.health;

import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.TimeoutException;

/// Describes the nodes of the Kafka cluster every 5 seconds and reports whether the cluster answers. Uses the
/// instance's credentials, and its own connection and thread.
///
/// The clients of the stream threads do not show this. Their polls return without records whether or not brokers
/// answer. Their metrics also stop while a rebalance waits for other members, and start again when a thread is
/// replaced. This request is small and needs no permission.
public final class KafkaWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /// Limits one request, so that if one of several brokers does not answer, there is time to try another one.
    private static final int REQUEST_LIMIT_MILLIS = 3_000;

    private static final int CALL_LIMIT_MILLIS = 10_000;

    private final Admin admin;
    private final KafkaHealth health;
    private final Runnable besides;
    private final PeriodicTask task = new PeriodicTask("keyward-kafka-watch", PERIOD, this::ask);

    private KafkaWatch(Admin admin, KafkaHealth health, Runnable besides) {
        this.admin = admin;
        this.health = health;
        this.besides = besides;
    }

    /// Starts the requests.
    ///
    /// @param client the settings of Kafka clients
    /// @param besides runs after each request, answered or not
    public static KafkaWatch start(Map<String, ?> client, KafkaHealth health, Runnable besides) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "keyward-kafka-watch");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_LIMIT_MILLIS);
        KafkaWatch watch = new KafkaWatch(Admin.create(settings), health, besides);
        watch.task.start();
        return watch;
    }

    /// Stops and abandons a request that is in progress.
    @Override
    public void close() {
        task.stop();
        admin.close(Duration.ZERO);
        task.close();
    }

    private void ask() throws InterruptedException {
        try {
            admin.describeCluster().nodes().get();
            health.answered();
        } catch (ExecutionException failure) {
            if (!task.isStopped()) {
                health.failed(reason(failure.getCause()));
            }
        }
        besides.run();
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "the last request got no answer within %d s".formatted(CALL_LIMIT_MILLIS / 1_000)
                : failure.toString();
    }
}
