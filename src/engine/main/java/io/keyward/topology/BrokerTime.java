package io.keyward.topology;

import io.keyward.domain.fact.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// The brokers' time, in which an instance publishes the time up to which it has decided (R33). Thread-safe.
///
/// When a broker acknowledges a record of `progress`, the acknowledgement contains the time of the append. The
/// append precedes the acknowledgement, so that time plus the time on a monotonic clock since the acknowledgement
/// is never later than the broker's clock. A wrong or jumping clock of this machine has no effect. A monotonic
/// clock that stops while the machine is suspended makes the result too early until the next acknowledgement.
public final class BrokerTime {
    /// The producer property that passes the [BrokerTime] to the interceptor.
    public static final String SETTING = "keyward.broker-time";

    /// The producer property that passes the topic whose acknowledgements are used.
    public static final String TOPIC_SETTING = "keyward.broker-time.topic";

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Integer, Acknowledgement> newest = new ConcurrentHashMap<>();

    /// @param clock the clock of this machine
    /// @param nanoTime a monotonic clock, in nanoseconds
    public BrokerTime(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// @param ahead how far this machine's clock was ahead, including the latency of the acknowledgement
    private record Acknowledgement(Instant appended, long nanos, Duration ahead) {}

    /// Called when a broker has acknowledged a record of the partition.
    void acknowledged(int partition, Instant appended) {
        long nanos = nanoTime.getAsLong();
        newest.put(partition, new Acknowledgement(appended, nanos, Duration.between(appended, clock.instant())));
    }

    /// Drops the acknowledgement of the partition.
    void discard(int partition) {
        newest.remove(partition);
    }

    /// A lower bound of the time of the partition's broker; never later than this machine's clock. Empty before
    /// the first acknowledgement.
    public Optional<Instant> now(int partition) {
        return brokers(partition).map(brokerTime -> Instants.min(clock.instant(), brokerTime));
    }

    /// Whether the time is in the future by the broker's clock. No task can have decided up to such a time: a
    /// release that used its own clock has published it, or the broker's clock was set back.
    boolean isInFuture(int partition, Instant time) {
        return brokers(partition).filter(time::isAfter).isPresent();
    }

    private Optional<Instant> brokers(int partition) {
        return Optional.ofNullable(newest.get(partition))
                .map(known -> known.appended().plusNanos(nanoTime.getAsLong() - known.nanos()));
    }

    /// How far this machine's clock is ahead of the broker clock that it differs from most, by the newest
    /// acknowledgements. Negative if it is behind; 0 before the first acknowledgement.
    public Duration ahead() {
        return newest.values().stream()
                .map(Acknowledgement::ahead)
                .max(Comparator.comparing(Duration::abs))
                .orElse(Duration.ZERO);
    }

    /// Records the acknowledgements that a producer receives. A topic with `CreateTime` keeps the producer's
    /// time, so an acknowledgement that contains the time that was sent is ignored.
    public static final class Interceptor implements ProducerInterceptor<byte[], byte[]> {
        private final Map<Integer, Long> sent = new ConcurrentHashMap<>();
        private BrokerTime time;
        private String topic;

        @Override
        public void configure(Map<String, ?> settings) {
            time = (BrokerTime) settings.get(SETTING);
            topic = (String) settings.get(TOPIC_SETTING);
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            if (record.topic().equals(topic)) {
                sent.put(record.partition(), record.timestamp());
            }
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
            if (failure == null
                    && metadata.topic().equals(topic)
                    && sent.getOrDefault(metadata.partition(), 0L) != metadata.timestamp()) {
                time.acknowledged(metadata.partition(), Instant.ofEpochMilli(metadata.timestamp()));
            }
        }

        @Override
        public void close() {}
    }
}
