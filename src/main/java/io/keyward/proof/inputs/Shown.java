package io.keyward.proof.inputs;

import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofProgress;
import java.util.Collection;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/// Adds up what is read of several logs. For one thread.
final class Shown {
    private final ProofProgress progress;
    private final long total;
    private long read;

    Shown(ProofProgress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    /// Of everything that these partitions hold now.
    static Shown ofAll(Admin admin, Collection<TopicPartition> partitions, ProofProgress progress) {
        return new Shown(progress, LogOffsets.count(admin, partitions));
    }

    /// More offsets were read.
    void add(long more) {
        read += more;
        progress.read(Math.min(read, total), total);
    }

    /// Takes how many offsets of one reading are done so far.
    LongConsumer ofOne() {
        long[] before = {0};
        return now -> {
            add(now - before[0]);
            before[0] = now;
        };
    }
}
