package io.keyward.intake.eventgrid;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Element;
import io.keyward.intake.Fields;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.ObjectAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what Event Grid sends to a webhook: one event or a batch, in the schema of CloudEvents 1.0 or in Event Grid's
/// own. Each event is recognized by itself. The events are documented at
/// <https://learn.microsoft.com/azure/event-grid/event-schema-key-vault> and
/// <https://learn.microsoft.com/azure/event-grid/event-schema-subscriptions>.
public record EventGridReader(TenantId tenant) {
    /// The type of all events that Azure does not document as events of key vaults.
    private static final String OTHER = "other";

    private static final String VAULTS = "Microsoft.KeyVault.";
    private static final String RESOURCES = "Microsoft.Resources.";
    private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";

    /// The types that Azure documents.
    private static final Set<String> TYPES = Set.of(
            VAULTS + "KeyNewVersionCreated",
            VAULTS + "KeyNearExpiry",
            VAULTS + "KeyExpired",
            VAULTS + "VaultAccessPolicyChanged",
            VAULTS + "SecretNewVersionCreated",
            VAULTS + "SecretNearExpiry",
            VAULTS + "SecretExpired",
            VAULTS + "CertificateNewVersionCreated",
            VAULTS + "CertificateNearExpiry",
            VAULTS + "CertificateExpired",
            RESOURCES + "ResourceWriteSuccess",
            RESOURCES + "ResourceDeleteSuccess",
            RESOURCES + "ResourceActionSuccess",
            VALIDATION);

    /// The events in a request, and what they mean (docs/intake.md, "What becomes what").
    ///
    /// An event that cannot be understood is refused by itself. A body that is not JSON, is empty, or is neither an
    /// object nor an array, is one refused item. Never throws.
    public static List<Item> read(TenantId tenant, byte[] body) {
        EventGridReader reader = new EventGridReader(tenant);
        try {
            return Element.split(body).stream().map(reader::item).toList();
        } catch (RefusedException why) {
            return List.of(new Item(OTHER, body, new Finding.Refused(why)));
        }
    }

    private Item item(Element element) {
        String type = OTHER;
        try {
            GridEvent event = GridEvent.of(element.fields());
            type = TYPES.contains(event.type()) ? event.type() : OTHER;
            return new Item(type, element.bytes(), finding(event));
        } catch (RefusedException why) {
            return new Item(type, element.bytes(), new Finding.Refused(why));
        }
    }

    private Finding finding(GridEvent event) {
        return switch (event.type()) {
            case VAULTS + "KeyNewVersionCreated" -> aboutKey(event, this::newVersion);
            case VAULTS + "KeyNearExpiry" -> aboutKey(event, this::nearExpiry);
            case VAULTS + "KeyExpired" -> aboutKey(event, this::expired);
            case VAULTS + "VaultAccessPolicyChanged" -> hint(event, Optional.of(vault(event)), Optional.empty());
            case RESOURCES + "ResourceWriteSuccess",
                    RESOURCES + "ResourceDeleteSuccess",
                    RESOURCES + "ResourceActionSuccess" -> changedResource(event);
            case VALIDATION -> handshake(event);
            default -> new Finding.Irrelevant();
        };
    }

    private static Finding handshake(GridEvent event) {
        return event.data()
                .text("validationCode")
                .<Finding>map(Finding.Handshake::new)
                .orElseGet(Finding.Irrelevant::new);
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
        return liesAhead(event, "NBF")
                ? hint(event, Optional.of(key.vaultUri()), Optional.of(key.keyName()))
                : new Finding.Fact(new Event.KeyRotated(
                        tenant,
                        event.stamp(),
                        key,
                        version,
                        Optional.empty(),
                        event.data().seconds("EXP")));
    }

    private Finding nearExpiry(GridEvent event, KeyId key, KeyVersion version) {
        Instant expiresAt = event.data().requiredSeconds("EXP");
        return new Finding.Fact(new Event.KeyExpiring(tenant, event.stamp(), key, version, expiresAt));
    }

    /// It counts from the time of the event, not from `EXP`: the owner can move that to a time before a restoration,
    /// which would then end a revocation that it could not know of. An `EXP` that has not come contradicts the
    /// event, so the vault must be asked.
    private Finding expired(GridEvent event, KeyId key, KeyVersion version) {
        return liesAhead(event, "EXP")
                ? hint(event, Optional.of(key.vaultUri()), Optional.of(key.keyName()))
                : new Finding.Fact(new Event.KeyRevoked(
                        tenant, event.stamp(), key, Optional.of(version), RevocationCause.KEY_EXPIRED));
    }

    /// Whether a time among the event's data, if it is there, is later than the event.
    private static boolean liesAhead(GridEvent event, String field) {
        return event.data().seconds(field).filter(event.time()::isBefore).isPresent();
    }

    private static KeyVersion version(Fields data, ObjectAddress address) {
        String field = data.path("Version");
        Optional<KeyVersion> stated = data.text("Version").map(text -> KeyVersion.parse(field, text));
        KeyVersion version = address.version()
                .or(() -> stated)
                .orElseThrow(() -> RefusedException.invalidField(field + " is missing, and " + data.path("Id")
                        + " names no version either; expected the version of the key."));
        if (stated.filter(other -> !other.equals(version)).isPresent()) {
            throw RefusedException.invalidField(
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

    /// The event says who changed what by which operation, but not whether a key can still be used. The resource may
    /// lie in a vault; otherwise the change may concern any key of the tenant.
    private Finding changedResource(GridEvent event) {
        GridEvent.Resource resource = event.resource();
        return switch (resource.type()) {
            case "microsoft.keyvault/vaults", "microsoft.keyvault/managedhsms" ->
                hint(
                        event,
                        Optional.of(ObjectAddress.ofResource(resource.field(), resource.id())
                                .vaultUri()),
                        Optional.empty());
            case "microsoft.authorization/roleassignments", "microsoft.powerplatform/enterprisepolicies" ->
                hint(
                        event,
                        ObjectAddress.findInResource(resource.field(), resource.id())
                                .map(ObjectAddress::vaultUri),
                        Optional.empty());
            default -> new Finding.Irrelevant();
        };
    }

    private Finding hint(GridEvent event, Optional<String> vaultUri, Optional<String> keyName) {
        return new Finding.Hint(new KeyHint(tenant, event.time(), event.type(), vaultUri, keyName));
    }
}
