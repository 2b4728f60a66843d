package io.keyward.app.command;

import io.keyward.sandbox.vault.ShownKey;
import java.util.List;

/// The keys of the sandbox's vaults as a table.
final class VaultKeys {
    private static final String DOMAIN = ".vault.azure.net";

    private VaultKeys() {}

    static String table(List<ShownKey> keys) {
        int width = keys.stream().mapToInt(key -> name(key).length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        keys.forEach(key -> table.append(("%-" + Math.max(width, 1) + "s  %-12s  %-32s  %s%n")
                .formatted(name(key), key.kind(), key.version(), key.state())));
        return table.toString();
    }

    private static String name(ShownKey key) {
        String vault = key.vault();
        return (vault.endsWith(DOMAIN) ? vault.substring(0, vault.length() - DOMAIN.length()) : vault) + "/"
                + key.key();
    }
}
