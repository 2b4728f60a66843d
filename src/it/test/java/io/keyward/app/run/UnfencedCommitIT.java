package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.TestTopics;
import io.keyward.testing.process.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An instance whose tasks have read nothing is no longer a member of its group, and does not know it yet. It commits
/// what its punctuators have written. None of that may be visible: the partition has another owner.
@ExtendWith(ClusterExtension.class)
class UnfencedCommitIT {
    private static final String AFTER = " after it was removed";

    static Cluster cluster;

    @TempDir
    Path folder;

    @Test
    void nothingThatAnInstanceWritesAfterItWasRemovedIsVisible() throws Exception {
        InstanceClients clients =
                new InstanceClients("fenced", Optional.empty(), new TopicPartition("fenced.unread", 0));
        assertThat(visible("fenced", clients::getProducer)).noneMatch(value -> value.endsWith(AFTER));
    }

    /// If this fails, Kafka has fixed its defect (KAFKA-13319): then [RecoveringProducer] need not name a partition.
    @Tag("full")
    @Test
    void withTheProducerOfKafkaStreamsItIsVisible() throws Exception {
        assertThat(visible("unfenced", new DefaultKafkaClientSupplier()::getProducer))
                .anyMatch(value -> value.endsWith(AFTER));
    }

    /// Removes the first of two instances from the group while it is in a punctuator, lets the second one take over,
    /// and lets the first one continue until its task is closed.
    ///
    /// @return what readers of committed records see in the end
    private List<String> visible(String application, Function<Map<String, Object>, Producer<byte[], byte[]>> producers)
            throws Exception {
        String output = application + ".output";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            TestTopics.create(
                    admin,
                    List.of(
                            new NewTopic(application + ".input", 1, (short) 1),
                            new NewTopic(output, 1, (short) 1),
                            new NewTopic(application + ".unread", 1, (short) 1)));
            Idler first = new Idler("first");
            Idler second = new Idler("second");
            try (KafkaStreams _ = start(application, first, producers)) {
                awaitVisible(output, "first");
                first.hold();
                removeMembers(admin, application);
                try (KafkaStreams _ = start(application, second, producers)) {
                    awaitVisible(output, "second");
                    first.release(AFTER);
                    Patience.until("the first instance has closed its task", first::isClosed);
                    second.say(" in the end");
                    awaitVisible(output, "second in the end");
                    return values(output);
                }
            }
        }
    }

    private static void removeMembers(Admin admin, String group) throws InterruptedException, ExecutionException {
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
    }

    private static void awaitVisible(String topic, String value) {
        Patience.until(value + " is visible", () -> values(topic).contains(value));
    }

    private static List<String> values(String topic) {
        return cluster.read(topic).stream()
                .map(read -> new String(read.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private KafkaStreams start(
            String application, Idler idler, Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
        Topology topology = new Topology()
                .addSource("read", application + ".input")
                .addProcessor("idle", idler::processor, "read")
                .addSink("write", application + ".output", "idle");
        Properties settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                application,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrapServers(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                50,
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.StringSerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.StringSerde.class,
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve(application + "-" + idler.name).toString()));
        // An instance that does not leave the group is removed after this time.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
        KafkaClientSupplier clients = new DefaultKafkaClientSupplier() {
            @Override
            public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
                return producers.apply(config);
            }
        };
        KafkaStreams streams = new KafkaStreams(topology, settings, clients);
        streams.start();
        return streams;
    }

    /// Writes its name at each punctuation, with the words that it was last given, and never reads.
    private static final class Idler {
        private final String name;
        private volatile String said = "";
        private volatile CountDownLatch mayContinue = new CountDownLatch(0);
        private volatile boolean held;
        private volatile boolean closed;

        private Idler(String name) {
            this.name = name;
        }

        void say(String words) {
            said = words;
        }

        void hold() {
            mayContinue = new CountDownLatch(1);
            Patience.until("it is held in a punctuator", () -> held);
        }

        void release(String words) {
            said = words;
            closed = false;
            mayContinue.countDown();
        }

        boolean isClosed() {
            return closed;
        }

        Processor<String, String, String, String> processor() {
            return new Processor<>() {
                @Override
                public void init(ProcessorContext<String, String> context) {
                    context.schedule(Duration.ofMillis(50), PunctuationType.WALL_CLOCK_TIME, now -> {
                        awaitRelease();
                        context.forward(new Record<>(name, name + said, now));
                    });
                }

                @Override
                public void process(Record<String, String> read) {
                    throw new AssertionError("There is no input");
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }

        private void awaitRelease() {
            CountDownLatch latch = mayContinue;
            held = latch.getCount() > 0;
            try {
                latch.await();
            } catch (InterruptedException interruption) {
                throw Patience.interrupted(interruption);
            }
        }
    }
}
