package io.keyward.bench.measure;

import io.keyward.bench.subject.WriteProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// Counts and samples the records that a subject has written to each topic, so that another subject can write
/// as many.
final class WriteProfiler {
    /// Takes the last records of each partition, because the rows of state have their full size by then.
    private static final int SAMPLES_PER_PARTITION = 2_000;

    private static final byte[] TOMBSTONE = {};

    private final BenchCluster cluster;

    WriteProfiler(BenchCluster cluster) {
        this.cluster = cluster;
    }

    /// @param topics all topics that the subject writes to
    /// @param events the number of events that caused these records
    WriteProfile profile(Iterable<String> topics, long events) {
        List<WriteProfile.Flow> flows = new ArrayList<>();
        for (String topic : topics) {
            long records = written(topic);
            List<WriteProfile.Pair> samples = new ArrayList<>();
            TopicReader.read(cluster, topic, SAMPLES_PER_PARTITION, record -> samples.add(pair(record)));
            if (!samples.isEmpty()) {
                flows.add(new WriteProfile.Flow(topic, (double) records / events, samples));
            }
        }
        return new WriteProfile(flows);
    }

    /// The number of records ever written to the topic, including compacted records and transaction markers.
    long written(String topic) {
        Map<TopicPartition, Long> ends = cluster.ends(List.of(topic), IsolationLevel.READ_UNCOMMITTED);
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    private static WriteProfile.Pair pair(ConsumerRecord<byte[], byte[]> record) {
        return new WriteProfile.Pair(
                record.key() == null ? TOMBSTONE : record.key(), record.value() == null ? TOMBSTONE : record.value());
    }
}
