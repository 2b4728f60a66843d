package io.keyward.proof;

/// The newest value under a key of a log, and where it is. Each is equal to itself only.
class NewestRecord {
    private final long offset;
    private final byte[] value;

    NewestRecord(long offset, byte[] value) {
        this.offset = offset;
        this.value = value;
    }

    long offset() {
        return offset;
    }

    /// The offset of a record; -1 if there is none.
    static long offsetOf(NewestRecord record) {
        return record == null ? -1 : record.offset;
    }

    /// Null for a tombstone. Belongs to this record: callers must not change it.
    byte[] value() {
        return value;
    }
}
