package io.keyward.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the state of an instance lives, and how much memory RocksDB may use for all its stores together.
///
/// @param dir folder of the state; empty if none is configured
public record StateSettings(Optional<Path> dir, Store store, MemorySize memory) {
    public static final Setting<Path> DIR = Setting.withoutDefault(
            "keyward.state.dir", "the path of a folder that outlives the process", Parsers::path);
    static final Setting<Store> STORE = Setting.ofConstant("keyward.state.store", Store.ROCKSDB);
    static final Setting<MemorySize> MEMORY =
            Setting.of("keyward.state.memory", "256 MiB", MemorySize.ACCEPTED, MemorySize::parse);

    static final List<Setting<?>> ALL = List.of(DIR, STORE, MEMORY);

    /// The kind of the state stores; both are restored from the same changelogs.
    public enum Store {
        ROCKSDB,
        MEMORY
    }

    static StateSettings from(ConfigReader reader) {
        return new StateSettings(reader.optional(DIR), reader.value(STORE), reader.value(MEMORY));
    }

    void describe(Map<String, String> lines) {
        DIR.describe(dir, lines);
        STORE.describe(store, lines);
        MEMORY.describe(memory, lines);
    }
}
