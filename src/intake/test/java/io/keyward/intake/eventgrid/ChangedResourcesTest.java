package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.intake.Finding;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an event of Azure Resource Manager hints at, by the id of its resource. No such event is a fact.
class ChangedResourcesTest {
    private static final String RBAC = "/providers/Microsoft.Authorization/roleAssignments/a";

    /// The placeholders: G a resource group, V a vault in it, H a Managed HSM in it, R a role assignment.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // the id of the resource | what is probed
                "V | every key of https://kv.vault.azure.net",
                "H | every key of https://hsm.managedhsm.azure.net",
                "VR | every key of https://kv.vault.azure.net",
                "HR | every key of https://hsm.managedhsm.azure.net",
                "V/keys/hrR | every key of https://kv.vault.azure.net",
                "V/accessPolicies/add | every key of https://kv.vault.azure.net",
                "V/privateEndpointConnections/p | every key of https://kv.vault.azure.net",
                "/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV | every key of https://kv.vault.azure.net",
                "/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/managedhsms/hsm | every key of https://hsm.managedhsm.azure.net",
                "GR | every key",
                "/subscriptions/sR | every key",
                "/providers/Microsoft.Management/managementGroups/mR | every key",
                "R | every key",
                "G/providers/Microsoft.Storage/storageAccounts/stR | every key",
                "G/providers/Microsoft.PowerPlatform/enterprisePolicies/cmk | every key",
                "G/providers/microsoft.powerplatform/enterprisepolicies/cmk/privateEndpointConnections/p | every key",
                // what concerns no access to keys
                "G/providers/Microsoft.Storage/storageAccounts/st | nothing",
                "G/providers/Microsoft.Resources/deployments/d | nothing",
                "V/providers/Microsoft.Insights/diagnosticSettings/d | nothing",
                "G/providers/Microsoft.Authorization/roleDefinitions/d | nothing",
                "G/providers/Microsoft.KeyVault/locations/l/deletedVaults/kv | nothing",
                "G/providers/Microsoft.KeyVaultish/vaults/kv | nothing",
                "G | nothing",
                "vaults/kv | nothing",
                "/providers/ | nothing",
                // names that no vault has
                "G/providers/Microsoft.KeyVault/vaults | refused",
                "G/providers/Microsoft.KeyVault/vaults/ | refused",
                "G/providers/Microsoft.KeyVault/vaults/k.v | refused",
                "G/providers/Microsoft.KeyVault/vaults/-kv | refused",
                "G/providers/Microsoft.KeyVault/vaults/k%76R | refused",
            })
    void whatAResourceHintsAt(String resource, String probed) throws IOException {
        String group = "/subscriptions/s/resourceGroups/g";
        String id = resource.startsWith("/SUBSCRIPTIONS/") || resource.equals("vaults/kv")
                ? resource
                : resource.replaceAll("R$", RBAC)
                        .replaceAll("^V", group + "/providers/Microsoft.KeyVault/vaults/kv")
                        .replaceAll("^H", group + "/providers/Microsoft.KeyVault/managedHSMs/hsm")
                        .replaceAll("^G", group);
        for (String sample : new String[] {"resource-write.cloud-events", "resource-delete.event-grid"}) {
            assertThat(probed(about(sample, id))).as(sample).isEqualTo(probed);
        }
    }

    @Test
    void theSubjectIsTheResourceIfTheDataNameNone() throws IOException {
        ObjectNode event = ChangedEvents.event("resource-write.cloud-events");
        event.remove("data");
        assertThat(probed(event)).isEqualTo("every key of https://kv-fabrikam.vault.azure.net");
        event.put("subject", " ");
        assertThat(detail(event)).isEqualTo("subject is missing; expected the id of the resource.");
    }

    @Test
    void aRefusalNamesTheFieldAndNotWhatItHeld() throws IOException {
        ObjectNode event = about("resource-write.cloud-events", "/providers/Microsoft.KeyVault/vaults/k_v");
        assertThat(detail(event))
                .startsWith("data.resourceUri is not a valid name")
                .doesNotContain("k_v");
    }

    /// The operation and the tenant of Microsoft Entra decide nothing: whose keys are probed says the path.
    @ParameterizedTest
    @CsvSource({"operationName, Microsoft.KeyVault/vaults/unheardOf", "tenantId, another", "status, Failed"})
    void nothingElseOfTheEventCounts(String field, String value) throws IOException {
        ObjectNode event = ChangedEvents.event("resource-write.cloud-events");
        ((ObjectNode) event.get("data")).put(field, value);
        assertThat(probed(event)).isEqualTo("every key of https://kv-fabrikam.vault.azure.net");
        assertThat(ChangedEvents.read(event).finding())
                .isInstanceOfSatisfying(
                        Finding.Hint.class,
                        hint -> assertThat(hint.hint().tenantId().value()).isEqualTo("contoso"));
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceWriteFailure",
        "ResourceWriteCancel",
        "ResourceDeleteFailure",
        "ResourceDeleteCancel",
        "ResourceActionFailure",
        "ResourceActionCancel"
    })
    void whatDidNotSucceedHasChangedNothing(String type) throws IOException {
        ObjectNode event =
                ChangedEvents.event("resource-write.cloud-events").put("type", "Microsoft.Resources." + type);
        assertThat(probed(event)).isEqualTo("nothing");
        assertThat(ChangedEvents.read(event).type()).isEqualTo("other");
    }

    private static ObjectNode about(String sample, String id) throws IOException {
        ObjectNode event = ChangedEvents.event(sample).put("subject", id);
        ((ObjectNode) event.get("data")).put("resourceUri", id);
        return event;
    }

    private static String probed(ObjectNode event) throws IOException {
        return switch (ChangedEvents.read(event).finding()) {
            case Finding.Hint(var hint) -> {
                assertThat(hint.keyName()).isEmpty();
                yield "every key" + hint.vaultUri().map(" of "::concat).orElse("");
            }
            case Finding.Irrelevant _ -> "nothing";
            case Finding.Refused _ -> "refused";
            case Finding.Fact _, Finding.Handshake _ -> "no hint";
        };
    }

    private static String detail(ObjectNode event) throws IOException {
        return ((Finding.Refused) ChangedEvents.read(event).finding()).why().detail();
    }
}
