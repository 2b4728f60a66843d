package io.keyward.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GridEventsTest {
    private static final String RESOURCE =
            "/subscriptions/00000000-0000-4000-8000-00000000cccc/resourceGroups/sandbox/providers/Microsoft.KeyVault/vaults/kv-contoso";

    private static final VaultChange NEW_VERSION = SampleChanges.one(vaults -> vaults.create(
            SampleChanges.HOST,
            "hr",
            new NewKey(
                    KeyKind.RSA_2048,
                    List.of("wrapKey"),
                    true,
                    Optional.of(Instant.ofEpochSecond(1_559_081_980)),
                    Optional.of(Instant.ofEpochSecond(1_559_082_102)),
                    Optional.of("v2"))));

    @Test
    void aNewVersionAsACloudEvent() throws Exception {
        assertThat(json(GridEvents.of(NEW_VERSION, EventSchema.CLOUD_EVENTS, "e-1")
                        .orElseThrow()
                        .toString()))
                .isEqualTo(json("""
                        {"id":"e-1","source":"%s","subject":"hr","type":"Microsoft.KeyVault.KeyNewVersionCreated",
                        "time":"2026-11-27T09:55:00.1200000Z","data":{"Id":"https://kv-contoso.vault.azure.net/keys/hr/v2",
                        "VaultName":"kv-contoso","ObjectType":"Key","ObjectName":"hr","Version":"v2","NBF":1559081980,
                        "EXP":1559082102},"specversion":"1.0"}""".formatted(RESOURCE)));
    }

    @Test
    void aChangedPolicyInEventGridsSchema() throws Exception {
        VaultChange change = SampleChanges.one(vaults -> vaults.deny(SampleChanges.HOST, "hr", Barrier.POLICY));
        assertThat(json(GridEvents.of(change, EventSchema.EVENT_GRID, "e-2")
                        .orElseThrow()
                        .toString()))
                .isEqualTo(json("""
                        {"id":"e-2","topic":"%s","subject":"kv-contoso",
                        "eventType":"Microsoft.KeyVault.VaultAccessPolicyChanged","eventTime":"2026-11-27T09:55:00.1200000Z",
                        "data":{"Id":"https://kv-contoso.vault.azure.net","VaultName":"kv-contoso","ObjectType":"Vault",
                        "ObjectName":"kv-contoso","Version":null,"NBF":null,"EXP":null},"dataVersion":"1",
                        "metadataVersion":"1"}""".formatted(RESOURCE)));
    }

    @Test
    void aRemovedRoleAssignmentIsAnEventOfItsResourceGroup() throws Exception {
        VaultChange change = SampleChanges.one(vaults -> vaults.deny(SampleChanges.HOST, "hr", Barrier.RBAC));
        String role = RESOURCE + "/keys/hr/providers/Microsoft.Authorization/roleAssignments/"
                + "00000000-0000-4000-8000-00000000ffff";
        assertThat(json(GridEvents.of(change, EventSchema.CLOUD_EVENTS, "e-3")
                        .orElseThrow()
                        .toString()))
                .isEqualTo(json("""
                        {"id":"e-3","source":"/subscriptions/00000000-0000-4000-8000-00000000cccc/resourceGroups/sandbox",
                        "subject":"%s","type":"Microsoft.Resources.ResourceDeleteSuccess",
                        "time":"2026-11-27T09:55:00.1200000Z","data":{"resourceProvider":"Microsoft.Authorization",
                        "resourceUri":"%s","operationName":"Microsoft.Authorization/roleAssignments/delete",
                        "status":"Succeeded","subscriptionId":"00000000-0000-4000-8000-00000000cccc",
                        "tenantId":"tenant-1"},"specversion":"1.0"}""".formatted(role, role)));
    }

    @Test
    void bothSchemasHoldTheSameData() {
        JsonNode one = GridEvents.of(NEW_VERSION, EventSchema.CLOUD_EVENTS, "e").orElseThrow();
        JsonNode other = GridEvents.of(NEW_VERSION, EventSchema.EVENT_GRID, "e").orElseThrow();
        assertThat(other.path("data")).isEqualTo(one.path("data"));
        assertThat(other.path("topic")).isEqualTo(one.path("source"));
        assertThat(other.path("eventType")).isEqualTo(one.path("type"));
        assertThat(other.path("eventTime")).isEqualTo(one.path("time"));
    }

    @Test
    void eventGridTellsOfVersionsAndAccessOnly() {
        String host = SampleChanges.HOST;
        Map<String, Consumer<Vaults>> actions = Map.of(
                "rotate", vaults -> vaults.rotate(host, "hr"),
                "create", vaults -> vaults.create(host, "new", NewKey.of(KeyKind.RSA_2048)),
                "deny by policy", vaults -> vaults.deny(host, "hr", Barrier.POLICY),
                "disable", vaults -> vaults.setEnabled(host, "hr", false),
                "delete", vaults -> vaults.delete(host, "hr"),
                "recover",
                        vaults -> {
                            vaults.delete(host, "hr");
                            vaults.recover(host, "hr");
                        },
                "deny by network", vaults -> vaults.deny(host, "hr", Barrier.NETWORK),
                "deny by role", vaults -> vaults.deny(host, "hr", Barrier.RBAC),
                "allow",
                        vaults -> {
                            vaults.deny(host, "hr", Barrier.RBAC);
                            vaults.allow(host, "hr");
                        });
        assertThat(actions.entrySet().stream()
                        .flatMap(action -> GridEvents.type(SampleChanges.one(action.getValue())).stream()
                                .map(type -> action.getKey() + ": " + type)))
                .containsExactlyInAnyOrder(
                        "create: Microsoft.KeyVault.KeyNewVersionCreated",
                        "deny by policy: Microsoft.KeyVault.VaultAccessPolicyChanged",
                        "deny by network: Microsoft.Resources.ResourceWriteSuccess",
                        "deny by role: Microsoft.Resources.ResourceDeleteSuccess",
                        "allow: Microsoft.Resources.ResourceWriteSuccess",
                        "rotate: Microsoft.KeyVault.KeyNewVersionCreated");
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }
}
