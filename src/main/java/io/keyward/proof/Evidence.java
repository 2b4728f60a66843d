package io.keyward.proof;

/// Puts the offsets of records together to one number, which changes if one of them changes.
final class Evidence {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long sum = 1;

    /// @param offset of a record, or another number that changes with it
    Evidence add(long offset) {
        sum = Long.rotateLeft((sum ^ offset) * FACTOR, 29) + offset;
        return this;
    }

    /// @param row null if there is none
    Evidence add(StoredRow row) {
        return add(row == null ? -1 : row.offset());
    }

    /// @param output null if there is none
    Evidence add(NewestOutput output) {
        return add(output == null ? -1 : output.offset());
    }

    long value() {
        return sum;
    }
}
