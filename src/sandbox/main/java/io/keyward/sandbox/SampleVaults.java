package io.keyward.sandbox;

import io.keyward.avro.EventCodec;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.vault.Grantee;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.Vaults;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The vaults of the sample's customers. They contain the keys and versions that the sample's events name, so
/// that the watch's findings agree with the events.
public final class SampleVaults {
    private final Vaults vaults;
    private final Set<String> kept;

    private SampleVaults(Vaults vaults) {
        this.vaults = vaults;
        this.kept = vaults.all().stream().map(vault -> vault.host()).collect(Collectors.toSet());
    }

    /// Creates the missing vaults as they are at the end of the sample. Existing vaults stay unchanged.
    public static void open(SampleFeed sample, Vaults vaults) {
        SampleVaults opened = new SampleVaults(vaults);
        events(sample).forEach(opened::apply);
    }

    /// The tenants whose policies name a key of a vault, by the vault's host name.
    public static Map<String, Set<TenantId>> users(SampleFeed sample) {
        Map<String, Set<TenantId>> users = new TreeMap<>();
        events(sample).forEach(event -> {
            if (event instanceof Event.PolicyApplied applied) {
                users.computeIfAbsent(host(applied.key().key()), _ -> new HashSet<>())
                        .add(applied.tenantId());
            }
        });
        return users;
    }

    private static Stream<Event> events(SampleFeed sample) {
        return sample.events().stream().flatMap(event -> event.value().stream()).map(EventCodec::read);
    }

    private void apply(Event event) {
        switch (event) {
            case Event.KeyRotated rotated ->
                open(rotated.tenantId(), rotated.key(), Optional.of(rotated.newVersion()), rotated.expiresAt());
            case Event.PolicyApplied applied ->
                open(applied.tenantId(), applied.key().key(), applied.key().version(), Optional.empty());
            // Whatever the cause: all keys but one are restored, and for that one both grants are removed.
            case Event.KeyRevoked revoked
            when isNew(revoked.key()) -> {
                vaults.removeRole(host(revoked.key()), revoked.key().keyName(), Grantee.POLICY);
                vaults.removeRole(host(revoked.key()), revoked.key().keyName(), Grantee.KEYWARD);
            }
            case Event.KeyRestored restored
            when isNew(restored.key()) ->
                vaults.allow(host(restored.key()), restored.key().keyName());
            case Event.PolicyRemoved _,
                    Event.KeyRevoked _,
                    Event.KeyRestored _,
                    Event.KeyExpiring _,
                    Event.EnvironmentChanged _,
                    Event.EnforcementReported _,
                    Event.TenantLimitChanged _,
                    Event.TenantErased _,
                    Event.TimeReached _ -> {
                // changes nothing in a vault that we create
            }
        }
    }

    private void open(TenantId customer, KeyId key, Optional<KeyVersion> version, Optional<Instant> expiresAt) {
        String host = host(key);
        if (!isNew(key)) {
            return;
        }
        vaults.open(host, entraTenant(customer), true);
        if (!has(host, new KeyReference(key, version))) {
            NewKey wanted = NewKey.of(KeyKind.RSA_2048).withExpiry(expiresAt);
            vaults.create(
                    host,
                    key.keyName(),
                    version.map(KeyVersion::value).map(wanted::withVersion).orElse(wanted));
        }
    }

    private boolean isNew(KeyId key) {
        return !kept.contains(host(key));
    }

    private static String host(KeyId key) {
        return URI.create(key.vaultUri()).getHost();
    }

    private boolean has(String host, KeyReference wanted) {
        return vaults.find(host)
                .flatMap(vault -> vault.key(wanted.key().keyName()))
                .flatMap(key ->
                        key.version(wanted.version().map(KeyVersion::value).orElse("")))
                .isPresent();
    }

    private static String entraTenant(TenantId customer) {
        return UUID.nameUUIDFromBytes(customer.value().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
