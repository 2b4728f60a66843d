package io.keyward.proof;

/// Receives the progress of reading the logs. Calls come one after the other, from any thread.
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
