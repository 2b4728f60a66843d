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

/// The brokers' time, in which an instance says up to when it has decided (R33). Safe for many threads.
///
/// When a broker acknowledges a record of `progress`, it says when it appended it. That was before the acknowledgement
/// came, so that time, and what a steady clock has counted since the acknowledgement, is never later than the broker's
/// clock shows. It does not depend on this machine's clock, whether that is wrong from the start or jumps; a steady
/// clock that stood still while the machine was suspended makes it earlier until the next acknowledgement.
public final class BrokerTime {
    /// The property that gives the interceptor of a producer its time.
    public static final String SETTING = "keyward.broker-time";

    /// The property that gives it the topic whose acknowledgements count.
    public static final String TOPIC_SETTING = "keyward.broker-time.topic";

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Integer, Acknowledgement> newest = new ConcurrentHashMap<>();

    /// @param clock of this machine
    /// @param nanoTime a clock that never jumps
    public BrokerTime(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// @param ahead how far this machine's clock was ahead; the way of the answer is counted, too
    private record Acknowledgement(Instant appended, long nanos, Duration ahead) {}

    /// A broker has appended a record of the partition.
    void acknowledged(int partition, Instant appended) {
        long nanos = nanoTime.getAsLong();
        newest.put(partition, new Acknowledgement(appended, nanos, Duration.between(appended, clock.instant())));
    }

    /// What was known of the partition counts no more.
    void forget(int partition) {
        newest.remove(partition);
    }

    /// The time of the broker of that partition, or earlier; never later than this machine's clock. Empty before the
    /// first acknowledgement.
    public Optional<Instant> now(int partition) {
        return brokers(partition).map(shown -> Instants.min(clock.instant(), shown));
    }

    /// Whether that time has not come by the broker's clock. So nobody can have decided up to it: it was said by
    /// a release that trusted its own clock, or the broker's was set back.
    boolean isYetToCome(int partition, Instant time) {
        return brokers(partition).filter(time::isAfter).isPresent();
    }

    private Optional<Instant> brokers(int partition) {
        return Optional.ofNullable(newest.get(partition))
                .map(known -> known.appended().plusNanos(nanoTime.getAsLong() - known.nanos()));
    }

    /// How far this machine's clock is ahead of the broker's that it differs from most, by the newest acknowledgements;
    /// negative if it is behind, 0 before the first one.
    public Duration ahead() {
        return newest.values().stream()
                .map(Acknowledgement::ahead)
                .max(Comparator.comparing(Duration::abs))
                .orElse(Duration.ZERO);
    }

    /// Notes what brokers acknowledge to a producer. A topic whose records keep the producer's time says nothing of the
    /// broker's, so an acknowledgement with the time that was sent does not count.
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
