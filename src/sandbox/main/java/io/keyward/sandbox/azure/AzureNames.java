package io.keyward.sandbox.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.vault.StoredVault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// How Azure names vaults and writes times and documents.
final class AzureNames {
    static final String SUBSCRIPTION = "00000000-0000-4000-8000-00000000cccc";

    static final String RESOURCE_GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/sandbox";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private AzureNames() {}

    /// The first label of the vault's host name.
    static String vaultName(StoredVault vault) {
        return vault.host().substring(0, vault.host().indexOf('.'));
    }

    static String resourceId(StoredVault vault) {
        return "%s/providers/Microsoft.KeyVault/%s/%s"
                .formatted(RESOURCE_GROUP, vault.isManagedHsm() ? "managedHSMs" : "vaults", vaultName(vault));
    }

    /// With seven decimals.
    static String time(Instant at) {
        return TIME.format(at);
    }

    /// The document in this text. The values in it are names and times, which need no escapes.
    static ObjectNode json(String text) {
        try {
            return JSON.readValue(text, ObjectNode.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(text, impossible);
        }
    }
}
