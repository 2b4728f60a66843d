package io.keyward.chaos;

import org.apache.kafka.common.TopicPartition;

/// Where a record lies on the cluster: its identity, which causes and dead letters name.
record Place(String topic, int partition, long offset) {
    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + " partition " + partition + " offset " + offset;
    }
}
