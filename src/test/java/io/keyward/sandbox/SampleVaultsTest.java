package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.StoredVault;
import io.keyward.sandbox.vault.Vaults;
import io.keyward.sandbox.vault.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleVaultsTest {
    @Test
    void everyKeyOfTheSampleIsThere() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(vaults);
        assertThat(vaults.all().stream()
                        .flatMap(vault -> vault.keys().values().stream().map(key -> vault.host() + "/" + key.name())))
                .containsExactlyInAnyOrder(
                        "kv-contoso.vault.azure.net/finance",
                        "kv-contoso.vault.azure.net/hr",
                        "kv-contoso.vault.azure.net/sales",
                        "kv-contoso.vault.azure.net/warehouse",
                        "kv-fabrikam.vault.azure.net/shops",
                        "kv-tailspin.vault.azure.net/main",
                        "kv-woodgrove.vault.azure.net/archive");
        assertThat(vaults.all().stream().map(StoredVault::tenantId).distinct()).hasSize(4);
        assertThat(vaults.all()).allMatch(StoredVault::purgeProtected);
    }

    @Test
    void theVersionsOfTheStoryAreThere() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(vaults);
        assertThat(vaults.key("kv-tailspin.vault.azure.net", "main").versions())
                .extracting(Version::id)
                .containsExactly("v1", "v2");
        assertThat(vaults.key("kv-fabrikam.vault.azure.net", "shops").versions())
                .hasSize(1)
                .allMatch(Version::enabled);
    }

    @Test
    void whatTheOwnerDidToAVaultStays(@TempDir Path folder) {
        Vaults first = new Vaults(Optional.of(folder), Clock.systemUTC());
        SampleVaults.open(first);
        first.delete("kv-contoso.vault.azure.net", "hr");
        first.setEnabled("kv-fabrikam.vault.azure.net", "shops", false);
        List<StoredVault> left = first.all();

        Vaults second = new Vaults(Optional.of(folder), Clock.systemUTC());
        SampleVaults.open(second);
        assertThat(second.all()).isEqualTo(left);
        StoredKey shops = second.key("kv-fabrikam.vault.azure.net", "shops");
        assertThat(shops.current().enabled()).isFalse();
    }
}
