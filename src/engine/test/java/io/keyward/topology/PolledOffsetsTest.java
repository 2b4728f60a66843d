package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PolledOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final PolledOffsets polled = new PolledOffsets();

    /// A poll that returned one record at that offset, and continues at the next one.
    static void poll(PolledOffsets polled, String topic, long offset, long next) {
        TopicPartition partition = new TopicPartition(topic, 0);
        intercept(
                polled,
                new ConsumerRecords<>(
                        Map.of(partition, List.of(new ConsumerRecord<>(topic, 0, offset, new byte[0], new byte[0]))),
                        Map.of(partition, new OffsetAndMetadata(next))));
    }

    private static void pollNothing(PolledOffsets polled, long next) {
        intercept(polled, new ConsumerRecords<>(Map.of(), Map.of(PARTITION, new OffsetAndMetadata(next))));
    }

    private static void intercept(PolledOffsets polled, ConsumerRecords<byte[], byte[]> records) {
        try (PolledOffsets.Interceptor interceptor = new PolledOffsets.Interceptor()) {
            interceptor.configure(Map.of(PolledOffsets.SETTING, polled));
            assertThat(interceptor.onConsume(records)).isSameAs(records);
        }
    }

    @Test
    void beforeAnyPollWhatIsDecidedCounts() {
        assertThat(polled.next(PARTITION, 7)).isEqualTo(7);
    }

    @Test
    void whatFollowsTheLastRecordWithoutARecordIsPassed() {
        poll(polled, "t", 6, 9);

        assertThat(polled.next(PARTITION, 7)).isEqualTo(9);
        pollNothing(polled, 11);
        assertThat(polled.next(PARTITION, 7)).isEqualTo(11);
    }

    @Test
    void aRecordThatWasPolledAndIsNotDecidedIsNotPassed() {
        poll(polled, "t", 6, 9);

        assertThat(polled.next(PARTITION, 6)).isEqualTo(6);
        pollNothing(polled, 11);
        assertThat(polled.next(PARTITION, 6)).isEqualTo(6);
    }

    @Test
    void theEndOfATransactionAloneIsPassed() {
        pollNothing(polled, 3);

        assertThat(polled.next(PARTITION, 0)).isEqualTo(3);
    }

    @Test
    void whatAnotherInstanceHasDecidedMeanwhileCounts() {
        poll(polled, "t", 6, 9);

        assertThat(polled.next(PARTITION, 20)).isEqualTo(20);
    }
}
