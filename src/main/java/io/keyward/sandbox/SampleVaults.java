package io.keyward.sandbox;

import io.keyward.avro.EventCodec;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.Vaults;
import io.keyward.topology.contract.EventLine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The vaults of the sample's customers. They contain the keys and versions that the sample's events name, so
/// that the watch's findings agree with the events.
final class SampleVaults {
    private final Vaults vaults;
    private final Set<String> kept;

    private SampleVaults(Vaults vaults) {
        this.vaults = vaults;
        this.kept = vaults.all().stream().map(vault -> vault.host()).collect(Collectors.toSet());
    }

    /// Creates the missing vaults. Existing vaults stay unchanged.
    static void open(Vaults vaults) {
        SampleVaults sample = new SampleVaults(vaults);
        SampleFeed.events().stream()
                .map(EventLine::value)
                .flatMap(Optional::stream)
                .map(EventCodec::read)
                .forEach(sample::open);
    }

    private void open(Event event) {
        switch (event) {
            case Event.KeyRotated rotated -> open(rotated.tenantId(), rotated.key(), Optional.of(rotated.newVersion()));
            case Event.PolicyApplied applied ->
                open(applied.tenantId(), applied.key().key(), applied.key().version());
            case Event.PolicyRemoved _,
                    Event.KeyRevoked _,
                    Event.KeyRestored _,
                    Event.KeyExpiring _,
                    Event.EnvironmentChanged _,
                    Event.TenantLimitChanged _,
                    Event.TimeReached _ -> {
                // names no key, or only a key that an earlier event has named
            }
        }
    }

    private void open(TenantId customer, KeyId key, Optional<KeyVersion> version) {
        String host = URI.create(key.vaultUri()).getHost();
        if (kept.contains(host)) {
            return;
        }
        vaults.open(host, entraTenant(customer), true);
        if (!has(host, new KeyReference(key, version))) {
            NewKey wanted = NewKey.of(KeyKind.RSA_2048);
            vaults.create(
                    host,
                    key.keyName(),
                    version.map(KeyVersion::value).map(wanted::withVersion).orElse(wanted));
        }
    }

    private boolean has(String host, KeyReference wanted) {
        return vaults.find(host).stream()
                .flatMap(vault -> vault.keys().values().stream())
                .filter(key -> key.name().equals(wanted.key().keyName()))
                .anyMatch(key -> wanted.version()
                        .map(version -> key.versions().stream()
                                .anyMatch(known -> known.id().equals(version.value())))
                        .orElse(true));
    }

    private static String entraTenant(TenantId customer) {
        return UUID.nameUUIDFromBytes(customer.value().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
