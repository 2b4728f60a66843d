package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommittedLog;
import io.keyward.proof.ReadProgress;
import io.keyward.proof.Subject;
import io.keyward.topology.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The logs of one partition on a cluster.
///
/// @param start where the inputs begin
/// @param read receives the number of offsets read
record ClusterLogs(
        InputTopics topics,
        Position start,
        ReadProgress read,
        CommittedLog changelogs,
        CommittedLog inputs,
        CommittedLog rerouted)
        implements PartitionLogs {
    /// Opens the logs of the partition that the position is in, the inputs at the position.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    static ClusterLogs open(InputTopics topics, Position start, ReadProgress read) {
        Subject subject = topics.subject();
        Stream<String> changelogs = FactRows.STORES.stream().map(subject::changelog);
        Stream<String> inputs = Topics.events().stream().map(subject.names()::name);
        ClusterLogs logs = new ClusterLogs(
                topics,
                start,
                read,
                log(subject, start, changelogs),
                log(subject, start, inputs),
                log(subject, start, Stream.of(subject.names().rerouted())));
        logs.goTo(logs.inputs);
        logs.goTo(logs.rerouted);
        return logs;
    }

    private static CommittedLog log(Subject subject, Position start, Stream<String> topics) {
        return CommittedLog.open(
                subject.kafka(),
                topics.map(topic -> new TopicPartition(topic, start.partition()))
                        .toList());
    }

    /// Leaves out what lies before the start.
    private void goTo(CommittedLog log) {
        log.beginnings().forEach((partition, beginning) -> {
            long next = start.next(topic(partition));
            if (next > beginning) {
                log.seek(partition, next);
            }
        });
    }

    private Topic topic(TopicPartition partition) {
        return topics.subject().names().topic(partition.topic()).orElseThrow();
    }

    @Override
    public Position committed() {
        return topics.positions().of(start.partition());
    }

    @Override
    public void readChangelogs(Consumer<ConsumerRecord<byte[], byte[]>> take) {
        changelogs.readToEnd(take, read.ofOne());
    }

    @Override
    public void readInputs(Position known, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        inputs.positions().keySet().forEach(partition -> ends.put(partition, known.next(topic(partition))));
        inputs.readTo(ends, take, read.ofOne());
        rerouted.readToEnd(take, read.ofOne());
    }

    @Override
    public void close() {
        changelogs.close();
        inputs.close();
        rerouted.close();
    }
}
