package example;

import io.keyward.client.GateAnswer;
import io.keyward.client.SuppressionGate;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/// The same in Kafka Streams: what may pass goes on to a topic, what is forbidden is dropped, and what is not
/// known yet is kept in a store and asked about again every second. Take back from the topic's readers what the
/// gate's listener tells.
///
/// The key of a datum is `tenant/environment`, its timestamp the event time.
public final class StreamsPipeline {
    private static final String HELD_BACK = "held-back";
    private static final Duration ASKS_AGAIN = Duration.ofSeconds(1);

    private StreamsPipeline() {}

    /// The topology that reads one topic and writes to another one.
    ///
    /// @param sink the name by which Keyward suppresses it, such as `DATA_LAKE_EXPORT`
    public static Topology of(SuppressionGate gate, String sink, String from, String to) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(HELD_BACK), Serdes.String(), Serdes.String()));
        builder.stream(from, Consumed.with(Serdes.String(), Serdes.String()))
                .process(() -> new Obeying(gate, sink), HELD_BACK)
                .to(to, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static final class Obeying implements Processor<String, String, String, String> {
        private final SuppressionGate gate;
        private final String sink;
        private ProcessorContext<String, String> context;
        private TimestampedKeyValueStore<String, String> heldBack;

        private Obeying(SuppressionGate gate, String sink) {
            this.gate = gate;
            this.sink = sink;
        }

        @Override
        public void init(ProcessorContext<String, String> assigned) {
            context = assigned;
            heldBack = assigned.getStateStore(HELD_BACK);
            assigned.schedule(ASKS_AGAIN, PunctuationType.WALL_CLOCK_TIME, now -> askAgain());
        }

        @Override
        public void process(Record<String, String> datum) {
            if (isHeldBack(datum)) {
                long offset = context.recordMetadata().orElseThrow().offset();
                heldBack.put(
                        "%s/%019d".formatted(datum.key(), offset),
                        ValueAndTimestamp.make(datum.value(), datum.timestamp()));
            }
        }

        private void askAgain() {
            try (KeyValueIterator<String, ValueAndTimestamp<String>> all = heldBack.all()) {
                while (all.hasNext()) {
                    KeyValue<String, ValueAndTimestamp<String>> kept = all.next();
                    String key = kept.key.substring(0, kept.key.lastIndexOf('/'));
                    if (!isHeldBack(new Record<>(key, kept.value.value(), kept.value.timestamp()))) {
                        heldBack.delete(kept.key);
                    }
                }
            }
        }

        private boolean isHeldBack(Record<String, String> datum) {
            String[] key = datum.key().split("/", 2);
            try {
                GateAnswer answer = gate.deliver(
                        key[0],
                        key[1],
                        sink,
                        Instant.ofEpochMilli(datum.timestamp()),
                        () -> context.forward(datum));
                return answer instanceof GateAnswer.Wait;
            } catch (IllegalArgumentException impossible) {
                // A time or name that cannot be one: nothing will ever say that the datum may pass.
                System.err.println(datum.key() + " is dropped: " + impossible.getMessage());
                return false;
            }
        }
    }
}
