package example;

import io.keyward.client.GateAnswer;
import io.keyward.client.GateListener;
import io.keyward.client.SuppressionGate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A pipeline that obeys: it reads data and delivers what may pass. What is not known yet holds up its
/// partition; what is forbidden is dropped; what was delivered and is forbidden now is taken back.
///
/// The key of a datum is `tenant/environment`, its timestamp the event time.
public final class Pipeline implements Runnable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, String> data;
    private final SuppressionGate gate;
    private final Sink sink;
    private volatile boolean stopped;

    /// Where data goes: a store that can delete what it holds. `onRetraction` says of which environment, sink
    /// and time; it may be asked for what is not there any more.
    public interface Sink extends GateListener {
        /// The name by which Keyward suppresses it, such as `DATA_LAKE_EXPORT`.
        String name();

        void deliver(String tenant, String environment, Instant eventTime, String datum);
    }

    /// @param gate whose listener is the sink
    /// @param consumer of the topic with the data, with a group of its own
    public Pipeline(SuppressionGate gate, Sink sink, Properties consumer, String topic) {
        this.gate = gate;
        this.sink = sink;
        this.data = new KafkaConsumer<>(consumer, new StringDeserializer(), new StringDeserializer());
        data.subscribe(List.of(topic));
    }

    @Override
    public void run() {
        Set<TopicPartition> heldUp = new HashSet<>();
        while (!stopped) {
            ConsumerRecords<String, String> read = data.poll(POLL);
            heldUp.retainAll(data.assignment());
            data.resume(heldUp);
            heldUp.clear();
            for (TopicPartition partition : read.partitions()) {
                for (ConsumerRecord<String, String> datum : read.records(partition)) {
                    if (isHeldBack(datum)) {
                        data.seek(partition, datum.offset());
                        heldUp.add(partition);
                        break;
                    }
                }
            }
            data.pause(heldUp);
            data.commitSync();
        }
        data.close();
    }

    private boolean isHeldBack(ConsumerRecord<String, String> datum) {
        String[] key = datum.key().split("/", 2);
        Instant eventTime = Instant.ofEpochMilli(datum.timestamp());
        try {
            GateAnswer answer = gate.deliver(
                    key[0],
                    key[1],
                    sink.name(),
                    eventTime,
                    () -> sink.deliver(key[0], key[1], eventTime, datum.value()));
            return answer instanceof GateAnswer.Wait;
        } catch (IllegalArgumentException impossible) {
            // A time or name that cannot be one: nothing will ever say that the datum may pass.
            System.err.println(datum.key() + " is dropped: " + impossible.getMessage());
            return false;
        }
    }

    /// Ends after the data that it is at.
    public void stop() {
        stopped = true;
    }
}
