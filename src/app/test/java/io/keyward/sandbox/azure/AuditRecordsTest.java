package io.keyward.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuditRecordsTest {
    private static final String HOST = SampleChanges.HOST;

    @Test
    void aDisabledVersion() throws Exception {
        VaultChange change = SampleChanges.one(vaults -> vaults.setEnabled(HOST, "hr", false));
        assertThat((JsonNode) AuditRecords.of(change, "c-1")).isEqualTo(new JsonMapper().readTree("""
                {"records":[{"time":"2026-11-27T09:55:00.1200000Z","category":"AuditEvent","operationName":"KeyUpdate",
                "resultType":"Success","correlationId":"c-1","callerIpAddress":"127.0.0.1","identity":{"claim":{
                "oid":"00000000-0000-4000-8000-00000000dddd","appid":"00000000-0000-4000-8000-00000000eeee",
                "upn":"owner@kv-contoso.example"}},"properties":{"id":"https://kv-contoso.vault.azure.net/keys/hr/v1",
                "clientInfo":"azsdk-net-Security.KeyVault.Keys/4.6.0",
                "requestUri":"https://kv-contoso.vault.azure.net/keys/hr/v1?api-version=7.4","httpStatusCode":200,
                "keyProperties":{"type":"RSA","operations":["encrypt","decrypt","sign","verify","wrapKey","unwrapKey"],
                "attributes":{"enabled":false}},"isRbacAuthorized":true,"tlsVersion":"TLS1_3"},
                "resourceId":"/SUBSCRIPTIONS/00000000-0000-4000-8000-00000000CCCC/RESOURCEGROUPS/SANDBOX/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV-CONTOSO",
                "operationVersion":"7.4","resultSignature":"OK","durationMs":"46"}]}"""));
    }

    @ParameterizedTest
    @MethodSource
    void everyChangeIsLogged(Consumer<Vaults> owner, String operation, String id) {
        JsonNode record = AuditRecords.of(
                        SampleChanges.of(SampleChanges.vaults(), owner).getLast(), "c")
                .at("/records/0");
        assertThat(record.path("operationName").asText()).isEqualTo(operation);
        assertThat(record.at("/properties/id").asText()).isEqualTo("https://" + HOST + "/" + id);
        assertThat(record.at("/properties/httpStatusCode").intValue()).isEqualTo(200);
    }

    static Stream<Arguments> everyChangeIsLogged() {
        return Stream.of(
                row(
                        vaults -> vaults.create(
                                HOST, "hr", NewKey.of(KeyKind.RSA_2048).withVersion("v2")),
                        "KeyCreate",
                        "keys/hr/v2"),
                row(vaults -> vaults.update(HOST, "hr", "v1", version -> version), "KeyUpdate", "keys/hr/v1"),
                row(vaults -> vaults.delete(HOST, "hr"), "KeyDelete", "keys/hr"),
                row(
                        vaults -> {
                            vaults.delete(HOST, "hr");
                            vaults.recover(HOST, "hr");
                        },
                        "KeyRecover",
                        "deletedkeys/hr"),
                row(vaults -> vaults.deny(HOST, "hr", Barrier.POLICY), "VaultPatch", ""),
                row(vaults -> vaults.deny(HOST, "hr", Barrier.NETWORK), "VaultPatch", ""));
    }

    private static Arguments row(Consumer<Vaults> owner, String operation, String id) {
        return Arguments.of(owner, operation, id);
    }

    @Test
    void aRotationNamesTheVersionThatItMade() {
        VaultChange change = SampleChanges.one(vaults -> vaults.rotate(HOST, "hr"));
        JsonNode properties = AuditRecords.of(change, "c").at("/records/0/properties");
        String key = "https://" + HOST + "/keys/hr/";
        assertThat(properties.path("id").asText())
                .isEqualTo(key + change.version().orElseThrow().id());
        assertThat(properties.path("requestUri").asText()).isEqualTo(key + "rotate?api-version=7.4");
    }

    @Test
    void theFirewallShowsInTheVaultsSettings() {
        assertThat(defaultAction(vaults -> vaults.deny(HOST, "hr", Barrier.NETWORK)))
                .isEqualTo("Deny");
        assertThat(defaultAction(vaults -> {
                    vaults.deny(HOST, "hr", Barrier.NETWORK);
                    vaults.allow(HOST, "hr");
                }))
                .isEqualTo("Allow");
    }

    private static String defaultAction(Consumer<Vaults> owner) {
        return AuditRecords.of(SampleChanges.one(owner), "c")
                .at("/records/0/properties/properties/networkAcls/defaultAction")
                .asText();
    }
}
