package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Version;
import java.time.Instant;
import java.util.Optional;

/// The events of Event Grid about changes of vaults, as Azure documents them:
/// <https://learn.microsoft.com/azure/event-grid/event-schema-key-vault> and
/// <https://learn.microsoft.com/azure/event-grid/event-schema-resource-groups>.
///
/// Vaults emit new versions and access policies, the resource group of firewalls and role assignments. No
/// event tells that a key was disabled or deleted.
final class GridEvents {
    private static final String VAULTS = "Microsoft.KeyVault.";
    private static final String RESOURCES = "Microsoft.Resources.";
    private static final String ROLE = "00000000-0000-4000-8000-00000000ffff";

    private GridEvents() {}

    /// The type of the event about this change. Empty if there is none.
    static Optional<String> type(VaultChange change) {
        return switch (change.kind()) {
            case CREATED, ROTATED -> Optional.of(VAULTS + "KeyNewVersionCreated");
            case POLICIES_CHANGED -> Optional.of(VAULTS + "VaultAccessPolicyChanged");
            case NETWORK_CHANGED, ROLE_ASSIGNED -> Optional.of(RESOURCES + "ResourceWriteSuccess");
            case ROLE_REMOVED -> Optional.of(RESOURCES + "ResourceDeleteSuccess");
            case UPDATED, DELETED, RECOVERED -> Optional.empty();
        };
    }

    /// The event about this change. Empty if there is none.
    static Optional<ObjectNode> of(VaultChange change, EventSchema schema, String id) {
        return type(change).map(type -> {
            boolean byVault = type.startsWith(VAULTS);
            ObjectNode event = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id)
                    .put(schema.resource, byVault ? AzureNames.resourceId(change.vault()) : AzureNames.RESOURCE_GROUP)
                    .put("subject", byVault ? objectName(change) : resource(change))
                    .put(schema.type, type)
                    .put(schema.time, AzureNames.time(change.at()));
            event.set("data", byVault ? data(change) : operation(change));
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

    /// What Azure Resource Manager has done.
    private static ObjectNode operation(VaultChange change) {
        boolean ofRole = change.key().isPresent();
        String vaults = change.vault().isManagedHsm() ? "managedHSMs" : "vaults";
        return JsonNodeFactory.instance
                .objectNode()
                .put("resourceProvider", ofRole ? "Microsoft.Authorization" : "Microsoft.KeyVault")
                .put("resourceUri", resource(change))
                .put(
                        "operationName",
                        (ofRole ? "Microsoft.Authorization/roleAssignments/" : "Microsoft.KeyVault/" + vaults + "/")
                                + (change.kind() == VaultChange.Kind.ROLE_REMOVED ? "delete" : "write"))
                .put("status", "Succeeded")
                .put("subscriptionId", AzureNames.SUBSCRIPTION)
                .put("tenantId", change.vault().tenantId());
    }

    /// The role assignment for the key, or the vault.
    private static String resource(VaultChange change) {
        String vault = AzureNames.resourceId(change.vault());
        return change.key()
                .map(key ->
                        vault + "/keys/" + key.name() + "/providers/Microsoft.Authorization/roleAssignments/" + ROLE)
                .orElse(vault);
    }

    private static String objectName(VaultChange change) {
        return change.key().map(StoredKey::name).orElseGet(() -> AzureNames.vaultName(change.vault()));
    }

    private static Long seconds(Optional<Instant> at) {
        return at.map(Instant::getEpochSecond).orElse(null);
    }
}
