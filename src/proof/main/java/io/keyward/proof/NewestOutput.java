package io.keyward.proof;

import java.util.function.Function;
import org.apache.kafka.common.header.Headers;

/// The newest record under a key of an output.
final class NewestOutput extends NewestRecord {
    private final int partition;
    private final Headers headers;
    /// Its place in the sequence of its key; null until somebody asks.
    private OutputSequence.Mark mark;

    NewestOutput(int partition, long offset, byte[] value, Headers headers) {
        super(offset, value);
        this.partition = partition;
        this.headers = headers;
    }

    int partition() {
        return partition;
    }

    boolean isTombstone() {
        return value() == null;
    }

    Headers headers() {
        return headers;
    }

    /// @param read tells the mark, the first time
    OutputSequence.Mark mark(Function<NewestOutput, OutputSequence.Mark> read) {
        if (mark == null) {
            mark = read.apply(this);
        }
        return mark;
    }
}
