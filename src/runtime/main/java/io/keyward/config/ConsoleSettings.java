package io.keyward.config;

import io.keyward.config.StateSettings.MemorySize;
import java.nio.file.Path;
import java.time.Duration;

/// Where the console keeps its copy, and how much history. [HttpDefinitions#CONSOLE] has the settings of its
/// endpoint, and [AccessSettings] those of access to it.
public final class ConsoleSettings {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> DIR =
            SETTINGS.withoutDefault("keyward.console.state.dir", StateSettings.DIR.accepted(), Parsers::path);

    /// The memory that RocksDB may use.
    public static final Setting<MemorySize> MEMORY =
            SETTINGS.of("keyward.console.memory", "32 MiB", MemorySize.ACCEPTED, MemorySize::parse);

    /// How long the console keeps published records for the timelines.
    public static final Setting<Duration> HISTORY = SETTINGS.positiveDuration("keyward.console.history", "P30D");

    /// The link from a key to its vault on the console's pages; no link if not set.
    public static final Setting<VaultLink> VAULT_LINK =
            SETTINGS.withoutDefault("keyward.console.vault.link", VaultLink.ACCEPTED, VaultLink::new);

    private ConsoleSettings() {}
}
