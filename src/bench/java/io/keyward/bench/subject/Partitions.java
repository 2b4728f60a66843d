package io.keyward.bench.subject;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/// The partitions of every topic of the benchmark.
public final class Partitions {
    public static final int COUNT = 4;

    private Partitions() {}

    public static List<TopicPartition> of(String topic) {
        return IntStream.range(0, COUNT)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
