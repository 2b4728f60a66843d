package io.keyward.proof;

/// The newest value of a row, and where it is in the changelog.
final class StoredRow {
    private final long offset;
    private final byte[] value;

    /// The number of the last check that asked for this row.
    private int check;

    StoredRow(long offset, byte[] value) {
        this.offset = offset;
        this.value = value;
    }

    long offset() {
        return offset;
    }

    /// Belongs to this row: callers must not change it.
    byte[] value() {
        return value;
    }

    /// Remembers that this check asked for the row.
    void expectedBy(int number) {
        check = number;
    }

    boolean isExpectedBy(int number) {
        return check == number;
    }
}
