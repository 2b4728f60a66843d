package io.keyward.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.records.OutputFollower.Followed;
import io.keyward.client.TopicNames;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// The order in which outputs of several partitions are shown.
class OutputFollowerTest {
    private static final TopicNames NAMES = new TopicNames("cmk.");
    private static final TopicPartition FIRST = new TopicPartition("cmk.encryption-decisions", 0);
    private static final TopicPartition SECOND = new TopicPartition("cmk.encryption-decisions", 1);
    private static final TopicPartition WARNINGS = new TopicPartition("cmk.warnings", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final OutputFollower follower = follower();

    @Test
    void aPartitionKeepsItsOrderWhateverTheTimesOfItsCauses() {
        add(FIRST, 0, 3_000, "t/revision-6");
        add(FIRST, 1, 1_000, "t/revision-7");
        add(FIRST, 2, 2_000, "t/revision-8");

        assertThat(keys(follower.poll())).containsExactly("t/revision-6", "t/revision-7", "t/revision-8");
    }

    @Test
    void partitionsAreMergedByTheTimesOfTheirCauses() {
        add(FIRST, 0, 1_000, "a/1");
        add(FIRST, 1, 4_000, "a/4");
        add(SECOND, 0, 2_000, "b/2");
        add(SECOND, 1, 3_000, "b/3");
        add(WARNINGS, 0, 2_000, "b/2/CODE");

        assertThat(keys(follower.poll())).containsExactly("a/1", "b/2", "b/2/CODE", "b/3", "a/4");
    }

    @Test
    void aPartitionKeepsItsOrderInTheMergeOfSeveralReadings() {
        add(FIRST, 0, 3_000, "a/1");
        List<Followed> all = new ArrayList<>(follower.poll());
        add(FIRST, 1, 1_000, "a/2");
        add(SECOND, 0, 2_000, "b/1");
        all.addAll(follower.poll());

        all.sort(Followed.IN_ORDER_OF_CAUSE);

        assertThat(keys(all)).containsExactly("b/1", "a/1", "a/2");
    }

    private OutputFollower follower() {
        List<TopicPartition> partitions = List.of(FIRST, SECOND, WARNINGS);
        consumer.assign(partitions);
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L, WARNINGS, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L, WARNINGS, 0L));
        return new OutputFollower(consumer, new OutputReader(new InMemorySchemaRegistry(), NAMES)).fromStart();
    }

    /// A tombstone: the shortest output.
    private void add(TopicPartition partition, long offset, long timestamp, String key) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key.length(),
                ConsumerRecord.NULL_SIZE,
                key.getBytes(StandardCharsets.UTF_8),
                null,
                new RecordHeaders(),
                Optional.empty()));
    }

    private static List<String> keys(List<Followed> followed) {
        return followed.stream()
                .map(each -> ((OutputRecord.Retracted) each.output()).key())
                .toList();
    }
}
