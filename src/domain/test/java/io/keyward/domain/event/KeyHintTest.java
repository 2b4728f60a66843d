package io.keyward.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHintTest {
    private static KeyHint hint(String vaultUri, String keyName) {
        return new KeyHint(
                new TenantId("contoso"),
                Instant.parse("2026-03-01T10:00:00Z"),
                "KeyUpdate",
                vaultUri,
                Optional.ofNullable(keyName));
    }

    @Test
    void aHintNormalizesKeysAsEventsDo() {
        KeyHint hint = hint("https://KV-Contoso.vault.azure.net:443/", "HR");
        assertThat(hint.vaultUri()).contains("https://kv-contoso.vault.azure.net");
        assertThat(hint.keyName()).contains("hr");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // vault of the hint, key of the hint, vault of the key, key, whether it concerns it
                "https://v.vault.azure.net, hr, https://v.vault.azure.net, hr, true",
                "https://v.vault.azure.net, hr, https://v.vault.azure.net, payroll, false",
                "https://v.vault.azure.net, hr, https://w.vault.azure.net, hr, false",
                "https://v.vault.azure.net, -, https://v.vault.azure.net, hr, true",
                "https://v.vault.azure.net, -, https://w.vault.azure.net, hr, false"
            })
    void aHintConcernsItsKeyOrEachKeyOfItsVault(
            String hintedVault, String hintedKey, String vault, String key, boolean concerned) {
        assertThat(hint(hintedVault, hintedKey).concerns(KeyId.parse("", vault, key)))
                .isEqualTo(concerned);
    }

    @Test
    void aHintWithoutAVaultConcernsEveryKey() {
        assertThat(ofEveryVault(Optional.empty()).concerns(KeyId.parse("", "https://v.vault.azure.net", "hr")))
                .isTrue();
        assertThatThrownBy(() -> ofEveryVault(Optional.of("hr")))
                .hasMessageContaining("vaultUri is empty; expected the vault of the key in keyName.");
    }

    private static KeyHint ofEveryVault(Optional<String> keyName) {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        return new KeyHint(new TenantId("contoso"), at, "ResourceWriteSuccess", Optional.empty(), keyName);
    }

    @ParameterizedTest
    @CsvSource({
        "http://v.vault.azure.net, hr, vaultUri",
        "https://v.vault.azure.net/keys, hr, vaultUri",
        "https://v.vault.azure.net, h r, keyName"
    })
    void aMisspeltKeyIsRefusedByTheNameOfTheField(String vaultUri, String keyName, String field) {
        assertThatThrownBy(() -> hint(vaultUri, keyName))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_FIELD))
                .hasMessageStartingWith(field + " ");
    }
}
