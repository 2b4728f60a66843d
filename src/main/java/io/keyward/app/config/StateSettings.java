package io.keyward.app.config;

import java.nio.file.Path;
import java.util.Optional;

/// Where the state of an instance lives, and how much memory RocksDB may use for all its stores together.
///
/// @param dir folder of the state; empty until somebody chooses one
public record StateSettings(Optional<Path> dir, Store store, MemorySize memory) {
    /// The kind of the state stores; both are restored from the same changelogs.
    public enum Store {
        ROCKSDB,
        MEMORY
    }
}
