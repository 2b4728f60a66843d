package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.keyward.app.run.SelectiveConsumers.OfStreamsProtocol;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The background thread of a consumer takes partitions away at any time, also between two calls of Kafka Streams.
class SelectiveConsumersTest {
    private static final List<TopicPartition> LOST = List.of(new TopicPartition("t", 0), new TopicPartition("t", 1));

    @TestFactory
    Stream<DynamicTest> whatKafkaStreamsAsksOfLostPartitionsDoesNotEndItsThread() {
        Map<String, BiConsumer<Consumer<?, ?>, Collection<TopicPartition>>> calls = Map.of(
                "pause", Consumer::pause,
                "resume", Consumer::resume,
                "seekToBeginning", Consumer::seekToBeginning,
                "seekToEnd", Consumer::seekToEnd);
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    try (OfStreamsProtocol consumer = unassigned()) {
                        assertThatCode(() -> call.getValue().accept(consumer, LOST))
                                .doesNotThrowAnyException();
                        consumer.close(CloseOptions.timeout(Duration.ZERO));
                    }
                }));
    }

    /// Nothing answers it.
    private static OfStreamsProtocol unassigned() {
        IntPredicate leftOut = _ -> false;
        Map<String, Object> config = Map.of(
                "keyward.left-out",
                leftOut,
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:1",
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "consumer",
                ConsumerConfig.GROUP_ID_CONFIG,
                "g",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
        OfStreamsProtocol consumer = new OfStreamsProtocol();
        consumer.wrapConsumer(
                new AsyncKafkaConsumer<>(
                        new ConsumerConfig(config),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Optional.empty()),
                config,
                Optional.empty());
        return consumer;
    }
}
