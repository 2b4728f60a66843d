package io.keyward.config;

import io.keyward.topology.store.StoreKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an instance keeps its state.
public final class StateSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> DIR = SETTINGS.withoutDefault(
            "keyward.state.dir", "the path of a folder that outlives the process", Parsers::path);

    /// Both kinds of stores are restored from the same changelogs.
    public static final Setting<StoreKind> STORE = SETTINGS.constant("keyward.state.store", StoreKind.ROCKSDB);

    /// The memory that RocksDB may use for all its stores together.
    public static final Setting<MemorySize> MEMORY =
            SETTINGS.of("keyward.state.memory", "256 MiB", MemorySize.ACCEPTED, MemorySize::parse);

    private StateSettings() {}

    /// An amount of memory in bytes, at least 16 MiB.
    public record MemorySize(long bytes) {
        static final String ACCEPTED =
                "at least 16 MiB, as a number with KiB, MiB or GiB (or k, m, g), or as plain bytes";

        private static final long SMALLEST = 16L << 20;
        private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
        private static final Map<String, Integer> SHIFTS =
                Map.of("", 0, "b", 0, "k", 10, "kib", 10, "m", 20, "mib", 20, "g", 30, "gib", 30);

        public MemorySize {
            if (bytes < SMALLEST) {
                throw new IllegalArgumentException("must be " + ACCEPTED);
            }
        }

        /// Reads `256 MiB`, `256m` or `268435456`. Refuses decimal units such as MB, because their meaning varies.
        static MemorySize parse(String text) {
            Matcher matcher = TEXT.matcher(text.strip());
            if (!matcher.matches() || !SHIFTS.containsKey(matcher.group(2).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("must be " + ACCEPTED);
            }
            int shift = SHIFTS.get(matcher.group(2).toLowerCase(Locale.ROOT));
            return new MemorySize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
        }

        @Override
        public String toString() {
            return bytes % (1L << 20) == 0 ? (bytes >> 20) + " MiB" : Long.toString(bytes);
        }
    }
}
