package io.keyward.proof;

import java.util.Collection;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/// Adds up what is read of several logs. For many threads.
public final class ReadProgress {
    private final ProofProgress progress;
    private final long total;
    private long read;

    /// Of everything that these partitions hold now.
    public ReadProgress(Admin admin, Collection<TopicPartition> partitions, ProofProgress progress) {
        this.progress = progress;
        this.total = LogOffsets.count(admin, partitions);
    }

    /// Takes how many offsets of one reading are done so far. For one thread.
    public LongConsumer ofOne() {
        long[] before = {0};
        return now -> {
            add(now - before[0]);
            before[0] = now;
        };
    }

    private synchronized void add(long more) {
        read += more;
        progress.read(Math.min(read, total), total);
    }
}
