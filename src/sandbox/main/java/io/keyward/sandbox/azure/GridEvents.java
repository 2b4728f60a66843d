package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Version;
import java.time.Instant;
import java.util.Optional;

/// The events of Event Grid about changes of vaults, as Azure documents them:
/// <https://learn.microsoft.com/azure/event-grid/event-schema-key-vault>.
///
/// Event Grid tells of new versions and of access policies. It does not tell that a key was disabled or deleted.
final class GridEvents {
    private static final String PREFIX = "Microsoft.KeyVault.";

    private GridEvents() {}

    /// The type of the event about this change. Empty if there is none.
    static Optional<String> type(VaultChange change) {
        return switch (change.kind()) {
            case CREATED, ROTATED -> Optional.of("KeyNewVersionCreated");
            case POLICIES_CHANGED -> Optional.of("VaultAccessPolicyChanged");
            case UPDATED, DELETED, RECOVERED, NETWORK_CHANGED -> Optional.empty();
        };
    }

    /// The event about this change. Empty if there is none.
    static Optional<ObjectNode> of(VaultChange change, EventSchema schema, String id) {
        return type(change).map(type -> {
            ObjectNode event = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id)
                    .put(schema.resource, AzureNames.resourceId(change.vault()))
                    .put("subject", objectName(change))
                    .put(schema.type, PREFIX + type)
                    .put(schema.time, AzureNames.time(change.at()));
            event.set("data", data(change));
            return switch (schema) {
                case CLOUD_EVENTS -> event.put("specversion", "1.0");
                case EVENT_GRID -> event.put("dataVersion", "1").put("metadataVersion", "1");
            };
        });
    }

    /// The event with which Event Grid asks a webhook for its consent.
    static ObjectNode validation(String id, String code, Instant at) {
        return AzureNames.json("""
                {"id": "%s", "topic": "/subscriptions/%s", "subject": "",
                  "data": {
                    "validationCode": "%s",
                    "validationUrl": "https://rp-westeurope.eventgrid.azure.net:553/eventsubscriptions/keyward/validate"},
                  "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "eventTime": "%s",
                  "metadataVersion": "1", "dataVersion": "2"}
                """.formatted(id, AzureNames.SUBSCRIPTION, code, AzureNames.time(at)));
    }

    private static ObjectNode data(VaultChange change) {
        String vault = "https://" + change.vault().host();
        Optional<String> version = change.version().map(Version::id);
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "Id",
                        change.key()
                                .map(key -> vault + "/keys/" + key.name() + "/" + version.orElseThrow())
                                .orElse(vault))
                .put("VaultName", AzureNames.vaultName(change.vault()))
                .put("ObjectType", change.key().isPresent() ? "Key" : "Vault")
                .put("ObjectName", objectName(change))
                .put("Version", version.orElse(null))
                .put("NBF", seconds(change.version().flatMap(Version::notBefore)))
                .put("EXP", seconds(change.version().flatMap(Version::expiresAt)));
    }

    private static String objectName(VaultChange change) {
        return change.key().map(StoredKey::name).orElseGet(() -> AzureNames.vaultName(change.vault()));
    }

    private static Long seconds(Optional<Instant> at) {
        return at.map(Instant::getEpochSecond).orElse(null);
    }
}
