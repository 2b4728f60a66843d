package io.keyward.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/contract.md, "Identifiers": an alias of a key must not become another key, because no one would find its
/// revocation.
class KeyIdTest {
    private static final String VAULT = "https://contoso.vault.azure.net";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://contoso.vault.azure.net",
                "https://contoso.vault.azure.net/",
                "https://contoso.vault.azure.net:443",
                "https://contoso.vault.azure.net:443/",
                "https://contoso.vault.azure.net:",
                "https://contoso.vault.azure.net:0443",
                "https://contoso.vault.azure.net.",
                "https://contoso.vault.azure.net./",
                "https://contoso.vault.azure.net.:443/",
                "HTTPS://Contoso.Vault.Azure.NET",
            })
    void oneVaultIsOneHoweverItIsSpelled(String alias) {
        assertThat(KeyId.parse("", alias, "CMK")).isEqualTo(KeyId.parse("", VAULT, "cmk"));
        assertThat(KeyId.parse("", alias, "cmk").vaultUri()).isEqualTo(VAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://1contoso.vault.azure.net",
                "https://contoso1.vault.azure.net",
                "https://2-3.vault.azure.net",
                "https://0xcontoso.vault.azure.net",
                "https://face.vault.azure.net",
                "https://a--b",
                "https://z9",
            })
    void aLabelMayHoldDigits(String vault) {
        assertThat(KeyId.parse("", vault, "k").vaultUri()).isEqualTo(vault);
    }

    static Stream<String> noVaults() {
        return Stream.of(
                "",
                " ",
                "not a uri",
                "contoso",
                "contoso.vault.azure.net",
                "//contoso.vault.azure.net",
                "http://contoso.vault.azure.net",
                "https:contoso.vault.azure.net",
                "https:/contoso.vault.azure.net",
                "https://",
                "https:///",
                "https://.",
                "https://:443",
                "https://contoso.vault.azure.net//",
                "https://contoso.vault.azure.net/keys",
                "https://contoso.vault.azure.net/keys/cmk",
                "https://contoso.vault.azure.net?x",
                "https://contoso.vault.azure.net/?x",
                "https://contoso.vault.azure.net#z",
                "https://user:pass@contoso.vault.azure.net/?x#z",
                "https://user@contoso.vault.azure.net",
                "https://contoso.vault.azure.net:x",
                "https://contoso.vault.azure.net:0",
                "https://contoso.vault.azure.net:8443",
                "https://contoso.vault.azure.net:08443/",
                "https://contoso.vault.azure.net:4430",
                "https://contoso.vault.azure.net:44",
                "https://127.0.0.1",
                "https://127.0.0.1:443",
                "https://127.1",
                "https://2130706433/",
                "https://0x7f000001",
                "https://0X7F.1",
                "https://1.vault.azure.net",
                "https://contoso.vault.007",
                "https://contoso.0x.net",
                "https://contoso.vault.azure.net:65536",
                "https://contoso.vault.azure.net:99999999999",
                "https://contoso..vault.azure.net",
                "https://contoso.vault.azure.net..",
                "https://-contoso.vault.azure.net",
                "https://contoso-.vault.azure.net",
                "https://contoso.-vault.azure.net",
                "https://contoso.vault-.azure.net",
                "https://-",
                "https://--",
                "https://a--",
                "https://1",
                "https://a.1",
                "https://.a",
                "https://a.0x1",
                "https://a:b",
                "https://a{",
                "https://`a",
                "https://contoso.vault.azure.net-",
                "https://con_toso.vault.azure.net",
                "https://con%74oso.vault.azure.net",
                "https://[::1]",
                " https://contoso.vault.azure.net",
                "https://contoso.vault.azure.net ",
                "https://contoso.vault.azure.net\n",
                "https://\u212acontoso.vault.azure.net",
                "http\u017f://contoso.vault.azure.net",
                "https://contoso.vault.azure\u3002net",
                "https://" + "x".repeat(64) + ".vault.azure.net",
                "https://" + "x.".repeat(100) + "net");
    }

    @ParameterizedTest
    @MethodSource("noVaults")
    void whatIsNoAddressOfAVaultIsRefused(String text) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> KeyId.parse("key.", text, "cmk"))
                .withMessageStartingWith("key.vaultUri ")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_FIELD));
    }

    @Test
    void theRefusalSaysWhatIsExpected() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> KeyId.parse("", "http://v", "cmk"))
                .withMessage("vaultUri is not an address of a vault; expected an https URI with only the name of a"
                        + " host (no address, no label that is a number, no port but 443), such as"
                        + " https://contoso.vault.azure.net, in up to 200 bytes.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> KeyId.parse("", VAULT, "k1 "))
                .withMessage("keyName is not a valid name of a key or version; expected 1 to 127 letters, digits and"
                        + " hyphens.");
    }

    @Test
    void namesAndVersionsAreLettersDigitsAndHyphens() {
        for (String good : new String[] {"a", "-", "CMK-2026", "x".repeat(127), "0123456789abcdef0123456789abcdef"}) {
            assertThat(KeyId.parse("", VAULT, good).keyName()).isEqualTo(good.toLowerCase(Locale.ROOT));
            assertThat(KeyVersion.parse("newVersion", good)).isEqualTo(new KeyVersion(good.toLowerCase(Locale.ROOT)));
        }
        for (String bad : new String[] {
            "", " ", "k1 ", " k1", "k/1", "k.1", "k_1", "k\u0000", "ké", "\u212a", "\u0130", "\u202ek", "x".repeat(128)
        }) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> KeyId.parse("", VAULT, bad))
                    .withMessageStartingWith("keyName ");
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> KeyVersion.parse("newVersion", bad))
                    .withMessageStartingWith("newVersion ");
        }
    }
}
