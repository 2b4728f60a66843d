package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Version;
import java.util.Locale;
import java.util.Optional;

/// The audit log's records about changes of vaults, in the envelope in which a diagnostic setting writes them to
/// an Event Hub. The fields are those that <https://learn.microsoft.com/azure/key-vault/general/logging>
/// documents, and those of records that others have published.
final class AuditRecords {
    private static final String DATA_PLANE = "7.4";
    private static final String CONTROL_PLANE = "2023-07-01";

    private AuditRecords() {}

    /// The name of the operation that makes this change.
    static String operation(VaultChange change) {
        return switch (change.kind()) {
            case CREATED -> "KeyCreate";
            case ROTATED -> "KeyRotate";
            case UPDATED -> "KeyUpdate";
            case DELETED -> "KeyDelete";
            case RECOVERED -> "KeyRecover";
            case PURGED -> "KeyPurge";
            case POLICIES_CHANGED, NETWORK_CHANGED -> "VaultPatch";
        };
    }

    /// The envelope with the record about this change.
    ///
    /// @param correlationId of the request that made the change
    static ObjectNode of(VaultChange change, String correlationId) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        ObjectNode record = envelope.putArray("records")
                .addObject()
                .put("time", AzureNames.time(change.at()))
                .put("category", "AuditEvent")
                .put("operationName", operation(change))
                .put("resultType", "Success")
                .put("correlationId", correlationId)
                .put("callerIpAddress", "127.0.0.1");
        record.putObject("identity")
                .putObject("claim")
                .put("oid", "00000000-0000-4000-8000-00000000dddd")
                .put("appid", "00000000-0000-4000-8000-00000000eeee")
                .put("upn", "owner@" + AzureNames.vaultName(change.vault()) + ".example");
        record.set("properties", change.key().map(key -> ofKey(change, key)).orElseGet(() -> ofVault(change)));
        record.put("resourceId", AzureNames.resourceId(change.vault()).toUpperCase(Locale.ROOT))
                .put("operationVersion", change.key().isPresent() ? DATA_PLANE : CONTROL_PLANE)
                .put("resultSignature", "OK")
                .put("durationMs", "46");
        return envelope;
    }

    private static ObjectNode ofKey(VaultChange change, StoredKey key) {
        String vault = "https://" + change.vault().host();
        String keys = vault + "/keys/" + key.name();
        String deleted = vault + "/deletedkeys/" + key.name();
        ObjectNode properties = switch (change.kind()) {
            case CREATED -> request(keys + version(change), keys + "/create");
            case ROTATED -> request(keys + version(change), keys + "/rotate");
            case UPDATED -> request(keys + version(change), keys + version(change));
            case DELETED -> request(keys, keys);
            case RECOVERED -> request(deleted, deleted + "/recover");
            case PURGED -> request(deleted, deleted);
            case POLICIES_CHANGED, NETWORK_CHANGED ->
                throw new IllegalArgumentException(change.kind() + " concerns no key");
        };
        properties.put("httpStatusCode", change.kind() == VaultChange.Kind.PURGED ? 204 : 200);
        ObjectNode keyProperties =
                properties.putObject("keyProperties").put("type", key.kind().type());
        change.version().ifPresent(version -> describe(key, version, keyProperties));
        return properties.put("isRbacAuthorized", true).put("tlsVersion", "TLS1_3");
    }

    private static ObjectNode request(String id, String uri) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("clientInfo", "azsdk-net-Security.KeyVault.Keys/4.6.0")
                .put("requestUri", uri + "?api-version=" + DATA_PLANE);
    }

    private static void describe(StoredKey key, Version version, ObjectNode keyProperties) {
        key.operations().forEach(keyProperties.withArray("operations")::add);
        ObjectNode attributes = keyProperties.putObject("attributes").put("enabled", version.enabled());
        version.notBefore().ifPresent(at -> attributes.put("nbf", at.getEpochSecond()));
        version.expiresAt().ifPresent(at -> attributes.put("exp", at.getEpochSecond()));
    }

    private static ObjectNode ofVault(VaultChange change) {
        Optional<Barrier> barrier = change.vault().barrier();
        ObjectNode properties = JsonNodeFactory.instance
                .objectNode()
                .put("id", "https://" + change.vault().host() + "/")
                .put("clientInfo", "azure-resource-manager/2.0")
                .put(
                        "requestUri",
                        "https://management.azure.com%s?api-version=%s"
                                .formatted(AzureNames.resourceId(change.vault()), CONTROL_PLANE))
                .put("httpStatusCode", 200);
        ObjectNode settings = properties.putObject("properties");
        settings.putObject("sku").put("Family", "A").put("Name", "Standard").putNull("Capacity");
        settings.put("tenantId", change.vault().tenantId())
                .putObject("networkAcls")
                .put("bypass", "AzureServices")
                .put("defaultAction", barrier.equals(Optional.of(Barrier.NETWORK)) ? "Deny" : "Allow");
        settings.put("enableSoftDelete", true)
                .put("softDeleteRetentionInDays", 90)
                .put("enableRbacAuthorization", change.kind() != VaultChange.Kind.POLICIES_CHANGED)
                .put("enablePurgeProtection", change.vault().purgeProtected());
        return properties;
    }

    private static String version(VaultChange change) {
        return "/" + change.version().orElseThrow().id();
    }
}
