package io.keyward.intake.eventgrid;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Fields;
import io.keyward.intake.Finding;
import io.keyward.intake.ItemReader;
import io.keyward.intake.ObjectAddress;
import java.time.Instant;
import java.util.Optional;

/// Says what the events of Event Grid about a tenant's key vaults mean. They are documented at
/// <https://learn.microsoft.com/azure/event-grid/event-schema-key-vault>.
record KeyVaultEvents(TenantId tenant) implements ItemReader {
    @Override
    public String type(Fields item) {
        return GridEvent.of(item).type().map(type -> type.fullName).orElse(OTHER);
    }

    @Override
    public Finding finding(Fields item) {
        GridEvent event = GridEvent.of(item);
        return event.type().map(type -> finding(event, type)).orElseGet(Finding.Irrelevant::new);
    }

    private Finding finding(GridEvent event, EventType type) {
        return switch (type) {
            case KEY_NEW_VERSION_CREATED -> aboutKey(event, this::newVersion);
            case KEY_NEAR_EXPIRY -> aboutKey(event, this::nearExpiry);
            case KEY_EXPIRED -> aboutKey(event, this::expired);
            case VAULT_ACCESS_POLICY_CHANGED -> hint(event, vault(event), Optional.empty());
            case SECRET_NEW_VERSION_CREATED,
                    SECRET_NEAR_EXPIRY,
                    SECRET_EXPIRED,
                    CERTIFICATE_NEW_VERSION_CREATED,
                    CERTIFICATE_NEAR_EXPIRY,
                    CERTIFICATE_EXPIRED,
                    SUBSCRIPTION_VALIDATION -> new Finding.Irrelevant();
        };
    }

    /// What an event about a version of a key means.
    private interface Meaning {
        Finding of(GridEvent event, KeyId key, KeyVersion version);
    }

    private static Finding aboutKey(GridEvent event, Meaning meaning) {
        Fields data = event.data();
        if (!data.text("ObjectType").map("Key"::equalsIgnoreCase).orElse(true)) {
            return new Finding.Irrelevant();
        }
        String field = data.path("Id");
        ObjectAddress address = ObjectAddress.parse(field, data.requiredText("Id", "https://VAULT/keys/NAME/VERSION"));
        return meaning.of(event, address.key(field), version(data, address));
    }

    /// A version that cannot encrypt yet does not replace the previous one. The key watch sees when it does.
    private Finding newVersion(GridEvent event, KeyId key, KeyVersion version) {
        Fields data = event.data();
        Stamp stamp = event.stamp();
        Optional<Instant> notYet = data.seconds("NBF").filter(stamp.occurredAt()::isBefore);
        return notYet.isPresent()
                ? hint(event, key.vaultUri(), Optional.of(key.keyName()))
                : new Finding.Fact(
                        new Event.KeyRotated(tenant, stamp, key, version, Optional.empty(), data.seconds("EXP")));
    }

    private Finding nearExpiry(GridEvent event, KeyId key, KeyVersion version) {
        Instant expiresAt = event.data().requiredSeconds("EXP");
        return new Finding.Fact(new Event.KeyExpiring(tenant, event.stamp(), key, version, expiresAt));
    }

    /// It counts from the time of the event, not from `EXP`: the owner can move that to a time before a restoration,
    /// which would then end a revocation that it could not know of.
    private Finding expired(GridEvent event, KeyId key, KeyVersion version) {
        return new Finding.Fact(
                new Event.KeyRevoked(tenant, event.stamp(), key, Optional.of(version), RevocationCause.KEY_EXPIRED));
    }

    private static KeyVersion version(Fields data, ObjectAddress address) {
        String field = data.path("Version");
        Optional<KeyVersion> stated = data.text("Version").map(text -> KeyVersion.parse(field, text));
        KeyVersion version = address.version()
                .or(() -> stated)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.INVALID_FIELD,
                        field + " is missing, and " + data.path("Id")
                                + " names no version either; expected the version of the key."));
        if (stated.filter(other -> !other.equals(version)).isPresent()) {
            throw new RefusedException(
                    RefusalCode.INVALID_FIELD,
                    field + " is another version than that in " + data.path("Id") + "; expected the same.");
        }
        return version;
    }

    private static String vault(GridEvent event) {
        Fields data = event.data();
        return data.text("Id")
                .map(address -> ObjectAddress.vaultOf(data.path("Id"), address))
                .orElseGet(event::vault)
                .vaultUri();
    }

    private Finding hint(GridEvent event, String vaultUri, Optional<String> keyName) {
        return new Finding.Hint(new KeyHint(tenant, event.time(), event.typeName(), vaultUri, keyName));
    }
}
