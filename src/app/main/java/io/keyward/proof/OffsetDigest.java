package io.keyward.proof;

/// Puts the offsets of records together to one number, which changes if one of them changes.
final class OffsetDigest {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long sum = 1;

    /// @param offset of a record, or another number that changes with it
    OffsetDigest add(long offset) {
        sum = Long.rotateLeft((sum ^ offset) * FACTOR, 29) + offset;
        return this;
    }

    /// @param record null if there is none
    OffsetDigest add(NewestRecord record) {
        return add(record == null ? -1 : record.offset());
    }

    long value() {
        return sum;
    }
}
