package io.keyward.proof;

/// Is told how far the reading of logs has come. Calls come one after the other, from any thread.
@FunctionalInterface
public interface ProofProgress {
    /// Tells nobody.
    ProofProgress NONE = (_, _) -> {};

    /// Offsets of all partitions together are read.
    ///
    /// @param offsets how many are read so far
    /// @param total how many there were at the beginning
    void read(long offsets, long total);
}
