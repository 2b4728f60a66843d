package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.StoredVault;
import io.keyward.sandbox.vault.VaultChange;
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
            case POLICIES_CHANGED, NETWORK_CHANGED -> "VaultPatch";
        };
    }

    /// The envelope with the record about this change.
    ///
    /// @param correlationId of the request that made the change
    static ObjectNode of(VaultChange change, String correlationId) {
        return AzureNames.json("""
                {"records": [{
                  "time": "%s", "category": "AuditEvent", "operationName": "%s", "resultType": "Success",
                  "correlationId": "%s", "callerIpAddress": "127.0.0.1",
                  "identity": {"claim": {
                    "oid": "00000000-0000-4000-8000-00000000dddd",
                    "appid": "00000000-0000-4000-8000-00000000eeee",
                    "upn": "owner@%s.example"}},
                  "properties": %s,
                  "resourceId": "%s", "operationVersion": "%s", "resultSignature": "OK", "durationMs": "46"}]}
                """.formatted(
                        AzureNames.time(change.at()),
                        operation(change),
                        correlationId,
                        AzureNames.vaultName(change.vault()),
                        change.key().map(key -> ofKey(change, key)).orElseGet(() -> ofVault(change)),
                        AzureNames.resourceId(change.vault()).toUpperCase(Locale.ROOT),
                        change.key().isPresent() ? DATA_PLANE : CONTROL_PLANE));
    }

    private static ObjectNode ofKey(VaultChange change, StoredKey key) {
        String vault = "https://" + change.vault().host();
        String named = vault + "/keys/" + key.name();
        String deleted = vault + "/deletedkeys/" + key.name();
        String changed =
                named + change.version().map(version -> "/" + version.id()).orElse("");
        String uri = switch (change.kind()) {
            case CREATED -> named + "/create";
            case ROTATED -> named + "/rotate";
            case UPDATED, DELETED -> changed;
            case RECOVERED -> deleted + "/recover";
            case POLICIES_CHANGED, NETWORK_CHANGED ->
                throw new IllegalArgumentException(change.kind() + " concerns no key");
        };
        String id = change.kind() == VaultChange.Kind.RECOVERED ? deleted : changed;
        ObjectNode properties =
                AzureNames.json("""
                {"id": "%s", "clientInfo": "azsdk-net-Security.KeyVault.Keys/4.6.0",
                  "requestUri": "%s?api-version=%s", "httpStatusCode": 200,
                  "keyProperties": {"type": "%s"}, "isRbacAuthorized": true, "tlsVersion": "TLS1_3"}
                """.formatted(id, uri, DATA_PLANE, key.kind().type()));
        change.version().ifPresent(version -> {
            ObjectNode keyProperties = properties.withObject("keyProperties");
            key.operations().forEach(keyProperties.withArray("operations")::add);
            keyProperties.set("attributes", version.attributes());
        });
        return properties;
    }

    private static ObjectNode ofVault(VaultChange change) {
        StoredVault vault = change.vault();
        return AzureNames.json("""
                {"id": "https://%s/", "clientInfo": "azure-resource-manager/2.0",
                  "requestUri": "https://management.azure.com%s?api-version=%s", "httpStatusCode": 200,
                  "properties": {
                    "sku": {"Family": "A", "Name": "Standard", "Capacity": null},
                    "tenantId": "%s",
                    "networkAcls": {"bypass": "AzureServices", "defaultAction": "%s"},
                    "enableSoftDelete": true, "softDeleteRetentionInDays": 90,
                    "enableRbacAuthorization": %s, "enablePurgeProtection": %s}}
                """.formatted(
                        vault.host(),
                        AzureNames.resourceId(vault),
                        CONTROL_PLANE,
                        vault.tenantId(),
                        vault.barrier().equals(Optional.of(Barrier.NETWORK)) ? "Deny" : "Allow",
                        change.kind() != VaultChange.Kind.POLICIES_CHANGED,
                        vault.purgeProtected()));
    }
}
