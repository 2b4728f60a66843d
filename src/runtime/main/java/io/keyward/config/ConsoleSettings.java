package io.keyward.config;

import io.keyward.config.StateSettings.MemorySize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where the console keeps its copy, how much of the past it keeps, and where it is served.
///
/// @param dir folder of the copy; empty if none is configured
/// @param memory how much memory RocksDB may use
/// @param history how long what was published is kept for the timelines
/// @param vaultLink where the pages lead from a key to its vault; empty for nowhere
/// @param access who may read it, beside those who have its token
public record ConsoleSettings(
        Optional<Path> dir,
        MemorySize memory,
        Duration history,
        Optional<VaultLink> vaultLink,
        HttpSettings http,
        AccessSettings access) {
    static final SettingList SETTINGS = new SettingList();

    public static final Setting<Path> DIR =
            SETTINGS.withoutDefault("keyward.console.state.dir", StateSettings.DIR.accepted(), Parsers::path);
    static final Setting<MemorySize> MEMORY =
            SETTINGS.of("keyward.console.memory", "32 MiB", MemorySize.ACCEPTED, MemorySize::parse);
    static final Setting<Duration> HISTORY = SETTINGS.positiveDuration("keyward.console.history", "P30D");

    static final Setting<VaultLink> VAULT_LINK =
            SETTINGS.withoutDefault("keyward.console.vault.link", VaultLink.ACCEPTED, VaultLink::new);

    static ConsoleSettings from(SettingValues values) {
        return new ConsoleSettings(
                values.find(DIR),
                values.value(MEMORY),
                values.value(HISTORY),
                values.find(VAULT_LINK),
                HttpSettings.from(HttpDefinitions.CONSOLE, values),
                new AccessSettings(values));
    }
}
