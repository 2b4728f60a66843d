package io.keyward.proof;

import org.apache.kafka.common.header.Headers;

/// The newest record under a key of an output, and where it is.
final class NewestOutput {
    /// Nothing is known yet of what the record says.
    static final long NOT_READ = -1;

    private final int partition;
    private final long offset;
    private final byte[] value;
    private final Headers headers;

    /// What tells its place in the sequence of its key, see [OutputSequence]; [#NOT_READ] until somebody asks.
    private long mark = NOT_READ;

    /// The number of the last check that asked for this record.
    private int check;

    NewestOutput(int partition, long offset, byte[] value, Headers headers) {
        this.partition = partition;
        this.offset = offset;
        this.value = value;
        this.headers = headers;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /// Null for a tombstone. Belongs to this record: callers must not change it.
    byte[] value() {
        return value;
    }

    boolean isTombstone() {
        return value == null;
    }

    Headers headers() {
        return headers;
    }

    long mark() {
        return mark;
    }

    void setMark(long place) {
        mark = place;
    }

    /// Remembers that this check asked for the record.
    void expectedBy(int number) {
        check = number;
    }

    boolean isExpectedBy(int number) {
        return check == number;
    }
}
