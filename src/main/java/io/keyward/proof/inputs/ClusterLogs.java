package io.keyward.proof.inputs;

import io.keyward.proof.CommittedLog;
import io.keyward.proof.Subject;
import io.keyward.topology.GroupPositions;
import io.keyward.topology.Position;
import io.keyward.topology.contract.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The logs of one partition on a cluster.
final class ClusterLogs implements PartitionLogs {
    private final Subject subject;
    private final GroupPositions positions;
    private final LongConsumer read;
    private final CommittedLog changelogs;
    private final CommittedLog inputs;
    private final CommittedLog rerouted;
    private final Position start;

    private ClusterLogs(
            Subject subject, GroupPositions positions, LongConsumer read, List<CommittedLog> logs, Position start) {
        this.subject = subject;
        this.positions = positions;
        this.read = read;
        this.changelogs = logs.get(0);
        this.inputs = logs.get(1);
        this.rerouted = logs.get(2);
        this.start = start;
    }

    /// Opens the logs of the partition that the position is in, the inputs at the position.
    ///
    /// @param read is told how many more offsets were read
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    static ClusterLogs open(Subject subject, GroupPositions positions, Position start, LongConsumer read) {
        int partition = start.partition();
        CommittedLog changelogs = CommittedLog.open(
                subject.kafka(),
                FactRows.STORES.stream()
                        .map(store -> new TopicPartition(subject.changelog(store), partition))
                        .toList());
        CommittedLog inputs = CommittedLog.open(
                subject.kafka(),
                Topic.events().stream()
                        .map(topic -> new TopicPartition(subject.names().name(topic), partition))
                        .toList());
        CommittedLog rerouted = CommittedLog.open(
                subject.kafka(), List.of(new TopicPartition(subject.names().rerouted(), partition)));
        ClusterLogs logs = new ClusterLogs(subject, positions, read, List.of(changelogs, inputs, rerouted), start);
        logs.goTo(inputs);
        logs.goTo(rerouted);
        return logs;
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
        return subject.names().topic(partition.topic()).orElseThrow();
    }

    @Override
    public Position committed() {
        return positions.of(start.partition());
    }

    @Override
    public void readChangelogs(Consumer<ConsumerRecord<byte[], byte[]>> take) {
        changelogs.readToEnd(take, increments());
    }

    @Override
    public void readInputs(Position known, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        inputs.positions().keySet().forEach(partition -> ends.put(partition, known.next(topic(partition))));
        inputs.readTo(ends, take, increments());
        rerouted.readToEnd(take, increments());
    }

    /// A log tells how many offsets of a reading are done so far.
    private LongConsumer increments() {
        long[] before = {0};
        return now -> {
            read.accept(now - before[0]);
            before[0] = now;
        };
    }

    @Override
    public void close() {
        changelogs.close();
        inputs.close();
        rerouted.close();
    }
}
