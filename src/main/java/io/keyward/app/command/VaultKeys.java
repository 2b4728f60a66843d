package io.keyward.app.command;

import io.keyward.sandbox.VaultOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The keys of the sandbox's vaults as a table.
final class VaultKeys {
    private static final String DOMAIN = ".vault.azure.net";

    private VaultKeys() {}

    static String table(List<VaultOwner.Key> keys) {
        int width = keys.stream().mapToInt(key -> name(key).length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        keys.forEach(key -> table.append(("%-" + Math.max(width, 1) + "s  %-12s  %-32s  %s%n")
                .formatted(name(key), key.kind(), version(key), state(key))));
        return table.toString();
    }

    private static String name(VaultOwner.Key key) {
        String vault = key.vault();
        return (vault.endsWith(DOMAIN) ? vault.substring(0, vault.length() - DOMAIN.length()) : vault) + "/"
                + key.name();
    }

    private static String version(VaultOwner.Key key) {
        return key.versions() == 1 ? key.version() : key.version() + " (of " + key.versions() + ")";
    }

    private static String state(VaultOwner.Key key) {
        List<String> parts = new ArrayList<>();
        key.purgedAt()
                .ifPresentOrElse(
                        at -> parts.add("deleted, can be recovered until " + at),
                        () -> parts.add(key.enabled() ? "enabled" : "disabled"));
        key.expiresAt().ifPresent(at -> parts.add("expires at " + at));
        key.barrier().ifPresent(barrier -> parts.add("denied to Keyward (" + barrier.toLowerCase(Locale.ROOT) + ")"));
        return String.join(", ", parts);
    }
}
