package io.keyward.sandbox.azure;

import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Changes of the key `hr` in a vault of Contoso, as the emulator emits them.
final class SampleChanges {
    static final String HOST = "kv-contoso.vault.azure.net";
    static final Instant NOW = Instant.parse("2026-11-27T09:55:00.120Z");

    private SampleChanges() {}

    /// A vault with the key in version `v1`, that tells nothing yet.
    static Vaults vaults() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
        vaults.open(HOST, "tenant-1", true);
        vaults.create(HOST, "hr", NewKey.of(KeyKind.RSA_2048).withVersion("v1"));
        return vaults;
    }

    /// What is emitted while the owner acts.
    static List<VaultChange> of(Vaults vaults, Consumer<Vaults> owner) {
        List<VaultChange> changes = new ArrayList<>();
        vaults.observe(changes::add);
        owner.accept(vaults);
        return changes;
    }

    static VaultChange one(Consumer<Vaults> owner) {
        return of(vaults(), owner).getLast();
    }
}
