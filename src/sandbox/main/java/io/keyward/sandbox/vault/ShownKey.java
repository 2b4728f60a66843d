package io.keyward.sandbox.vault;

import java.util.Locale;
import java.util.Optional;

/// A key as its owner sees it, for people.
///
/// @param vault the host name of its vault
/// @param key its name
/// @param version the current version, with the number of versions if there are several
/// @param state whether it can be used, and if not, why
public record ShownKey(String vault, String key, String kind, String version, String state) {
    static ShownKey of(StoredVault vault, StoredKey key) {
        int versions = key.versions().size();
        String version = key.current().id();
        return new ShownKey(
                vault.host(),
                key.name(),
                key.kind().type() + " " + key.kind().bits(),
                versions == 1 ? version : version + " (of " + versions + ")",
                state(vault, key));
    }

    private static String state(StoredVault vault, StoredKey key) {
        StringBuilder state = new StringBuilder(key.purgedAt()
                .map(at -> "deleted, can be recovered until " + at)
                .orElse(key.current().enabled() ? "enabled" : "disabled"));
        key.current().expiresAt().ifPresent(at -> state.append(", expires at ").append(at));
        Optional<Barrier> barrier =
                vault.barrier().or(() -> key.denied() ? Optional.of(Barrier.RBAC) : Optional.empty());
        barrier.ifPresent(what -> state.append(denied(Grantee.KEYWARD, what)));
        if (key.deniedToPolicy()) {
            state.append(denied(Grantee.POLICY, Barrier.RBAC));
        }
        return state.toString();
    }

    private static String denied(Grantee grantee, Barrier reason) {
        return ", denied to %s (%s)".formatted(grantee.title(), reason.name().toLowerCase(Locale.ROOT));
    }
}
