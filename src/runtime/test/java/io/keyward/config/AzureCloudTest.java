package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureCloudTest {
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "PUBLIC,        https://kv.vault.azure.net,          https://hsm.managedhsm.azure.net",
        "CHINA,         https://kv.vault.azure.cn,           https://hsm.managedhsm.azure.cn",
        "US_GOVERNMENT, https://kv.vault.usgovcloudapi.net,  https://hsm.managedhsm.usgovcloudapi.net"
    })
    void aCloudHasVaultsAndManagedHsmsOfItsOwnDomains(AzureCloud cloud, String vault, String hsm) {
        for (AzureCloud each : AzureCloud.values()) {
            assertThat(each.hasVault(vault)).isEqualTo(each == cloud);
            assertThat(each.hasVault(hsm)).isEqualTo(each == cloud);
        }
        assertThat(AzureCloud.isManagedHsm(vault)).isFalse();
        assertThat(AzureCloud.isManagedHsm(hsm)).isTrue();
        assertThat(cloud.vaultUriPattern())
                .isEqualTo(vault.replace("kv", "NAME") + " or " + hsm.replace("hsm.m", "NAME.m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://managedhsm.azure.net",
                "https://a.b.managedhsm.azure.net",
                "https://hsmmanagedhsm.azure.net",
                "https://hsm.managedhsmXazure.net",
                "https://hsm.managedhsm.azure.net.evil.example",
                "https://evil.example/hsm.managedhsm.azure.net",
                "https://user@hsm.managedhsm.azure.net",
                "https://hsm.managedhsm.azure.net:8443",
                "https://hsm.managedhsm.azure.net/",
                "http://hsm.managedhsm.azure.net",
                "hsm.managedhsm.azure.net"
            })
    void requestsGoNowhereElse(String uri) {
        assertThat(AzureCloud.PUBLIC.hasVault(uri)).isFalse();
    }
}
