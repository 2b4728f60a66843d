package io.keyward.config;

import io.keyward.config.StateSettings.MemorySize;
import java.nio.file.Path;
import java.time.Duration;

/// Where the console keeps its copy, and how much of the past. [HttpDefinitions#CONSOLE] says where it is served, and
/// [AccessSettings] who may read it.
public final class ConsoleSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> DIR =
            SETTINGS.withoutDefault("keyward.console.state.dir", StateSettings.DIR.accepted(), Parsers::path);

    /// How much memory RocksDB may use.
    public static final Setting<MemorySize> MEMORY =
            SETTINGS.of("keyward.console.memory", "32 MiB", MemorySize.ACCEPTED, MemorySize::parse);

    /// How long what was published is kept for the timelines.
    public static final Setting<Duration> HISTORY = SETTINGS.positiveDuration("keyward.console.history", "P30D");

    /// Where the pages lead from a key to its vault; nowhere without it.
    public static final Setting<VaultLink> VAULT_LINK =
            SETTINGS.withoutDefault("keyward.console.vault.link", VaultLink.ACCEPTED, VaultLink::new);

    private ConsoleSettings() {}
}
