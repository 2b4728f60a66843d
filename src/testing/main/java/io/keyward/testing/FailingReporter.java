package io.keyward.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/// Every Kafka client makes one of these when it is made and closes it when it is closed; so they tell which
/// clients are open, and one that fails keeps its client from being made. Kafka makes them from the name of
/// their class, hence the static state; one test uses it at a time.
public final class FailingReporter implements MetricsReporter {
    public static final String MESSAGE = "this client shall not be made";

    /// How the ids of the clients begin that Kafka Streams makes.
    public static final String STREAMS = "keyward-parts";

    private static final Set<FailingReporter> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger UNTIL_FAILURE = new AtomicInteger();

    private Object clientId = "";

    /// Of the clients that Kafka Streams has not made, that one fails, counted from 1. (A Kafka Streams that cannot be
    /// made itself leaves the lock of its folder behind.)
    public static void failAt(int client) {
        OPEN.clear();
        UNTIL_FAILURE.set(client);
    }

    public static List<String> openClients() {
        return OPEN.stream().map(reporter -> reporter.clientId.toString()).toList();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        clientId = settings.get("client.id");
        boolean ours = !clientId.toString().startsWith(STREAMS);
        if (ours && UNTIL_FAILURE.decrementAndGet() == 0) {
            throw new IllegalStateException(MESSAGE);
        }
        OPEN.add(this);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {
        OPEN.remove(this);
    }
}
