package io.keyward.chaos.cluster;

import org.apache.kafka.common.TopicPartition;

/// Topic, partition and offset of a record, by which causes and dead letters name it.
public record RecordCoordinates(String topic, int partition, long offset) {
    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + " partition " + partition + " offset " + offset;
    }
}
