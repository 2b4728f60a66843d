package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.StoredVault;
import io.keyward.sandbox.vault.Vaults;
import io.keyward.sandbox.vault.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleVaultsTest {
    @Test
    void everyKeyOfTheSampleIsThere() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), vaults);
        assertThat(vaults.all().stream()
                        .flatMap(vault -> vault.keys().stream().map(key -> vault.host() + "/" + key.name())))
                .containsExactlyInAnyOrder(
                        "kv-contoso.vault.azure.net/finance",
                        "kv-contoso.vault.azure.net/hr",
                        "kv-contoso.vault.azure.net/sales",
                        "kv-contoso.vault.azure.net/warehouse",
                        "kv-fabrikam.vault.azure.net/shops",
                        "kv-litware.vault.azure.net/ledger",
                        "kv-northwind.vault.azure.net/orders",
                        "kv-northwind.vault.azure.net/reports",
                        "kv-tailspin.vault.azure.net/main",
                        "kv-woodgrove.vault.azure.net/archive");
        assertThat(vaults.all().stream().map(StoredVault::tenantId).distinct()).hasSize(6);
        assertThat(vaults.all()).allMatch(StoredVault::purgeProtected);
    }

    @Test
    void theUsersOfAVaultAreThoseWhosePoliciesNameItsKeys() {
        assertThat(SampleVaults.users(SampleFeed.asWritten()))
                .containsOnly(
                        used("contoso"),
                        used("fabrikam"),
                        used("litware"),
                        used("northwind"),
                        used("tailspin"),
                        used("woodgrove"));
    }

    private static Map.Entry<String, Set<TenantId>> used(String tenant) {
        return entry("kv-" + tenant + ".vault.azure.net", Set.of(new TenantId(tenant)));
    }

    @Test
    void theVersionsOfTheStoryAreThere() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), vaults);
        assertThat(vaults.key("kv-tailspin.vault.azure.net", "main").versions())
                .extracting(Version::id)
                .containsExactly("v1", "v2");
        assertThat(vaults.key("kv-fabrikam.vault.azure.net", "shops").versions())
                .hasSize(1)
                .allMatch(Version::enabled);
    }

    @Test
    void aKeyIsUsableUnlessTheStoryEndsWithItsRevocation() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), vaults);
        assertThat(vaults.key("kv-northwind.vault.azure.net", "orders").denied())
                .isTrue();
        assertThat(vaults.key("kv-tailspin.vault.azure.net", "main").denied()).isFalse();
        assertThat(vaults.key("kv-woodgrove.vault.azure.net", "archive").denied())
                .isFalse();
    }

    @Test
    void aVersionExpiresWhenTheStorySays() {
        Vaults vaults = new Vaults(Optional.empty(), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), vaults);
        assertThat(vaults.key("kv-northwind.vault.azure.net", "reports")
                        .current()
                        .expiresAt())
                .contains(Instant.parse("2026-08-20T06:00:00Z"));
    }

    @Test
    void whatTheOwnerDidToAVaultStays(@TempDir Path folder) {
        Vaults first = new Vaults(Optional.of(folder), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), first);
        first.delete("kv-contoso.vault.azure.net", "hr");
        first.setEnabled("kv-fabrikam.vault.azure.net", "shops", false);
        List<StoredVault> left = first.all();

        Vaults second = new Vaults(Optional.of(folder), Clock.systemUTC());
        SampleVaults.open(SampleFeed.asWritten(), second);
        assertThat(second.all()).isEqualTo(left);
        StoredKey shops = second.key("kv-fabrikam.vault.azure.net", "shops");
        assertThat(shops.current().enabled()).isFalse();
    }
}
