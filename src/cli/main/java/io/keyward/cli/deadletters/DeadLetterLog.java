package io.keyward.cli.deadletters;

import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommittedLog;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads the dead letters without a consumer group. Each call of [#read] returns the same dead letters: those that
/// existed at the first call. For one thread.
public final class DeadLetterLog implements AutoCloseable {
    private final CommittedLog log;
    private final OutputReader reader;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private DeadLetterLog(CommittedLog log, OutputReader reader) {
        this.log = log;
        this.reader = reader;
    }

    /// Opens the topic at its beginning.
    ///
    /// @throws io.keyward.cluster.CommandFailedException if the topic does not exist, or may not be read
    public static DeadLetterLog open(ClusterTopics cluster, SchemaRegistry registry) {
        TopicNames names = cluster.config().topics().names();
        return new DeadLetterLog(cluster.committed(List.of(names.deadLetters())), new OutputReader(registry, names));
    }

    /// Passes on every dead letter, in order within each partition.
    ///
    /// Throws the registry's exception if the registry does not answer.
    public void read(Consumer<DeadLetter> take) {
        if (ends.isEmpty()) {
            ends.putAll(log.readToEnd(record -> take.accept(deadLetter(record)), _ -> {}));
        } else {
            log.beginnings().forEach(log::seek);
            log.readTo(ends, record -> take.accept(deadLetter(record)), _ -> {});
        }
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(record, (OutputRecord.Refused) reader.read(record));
    }

    @Override
    public void close() {
        log.close();
    }
}
