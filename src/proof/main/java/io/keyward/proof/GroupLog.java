package io.keyward.proof;

import io.keyward.cluster.CommittedLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The committed records of a group of partitions.
interface GroupLog {
    /// Reads on to where every partition ends now, as [CommittedLog#readToEnd] does.
    void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> take);

    /// Whether the record at this offset is still there. Nothing can be read on after this was asked.
    boolean holds(TopicPartition partition, long offset);

    /// The log of a cluster.
    ///
    /// @param read receives the number of offsets of the first reading that are done
    static GroupLog of(CommittedLog log, LongConsumer read) {
        AtomicBoolean first = new AtomicBoolean(true);
        return new GroupLog() {
            @Override
            public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> take) {
                log.readToEnd(take, first.getAndSet(false) ? read : _ -> {});
            }

            @Override
            public boolean holds(TopicPartition partition, long offset) {
                return log.first(partition, offset, offset + 1, _ -> true).isPresent();
            }
        };
    }
}
