package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import io.keyward.intake.Finding;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the fields of an event may hold, and what it then means.
class EventSpellingsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the pointer to a field of a new version | what it holds instead (- removes it) | finding
                "/id | 'x' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/EXP | - | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "/data/EXP | null | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "/data/EXP | ' ' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "/data/EXP | 0 | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 1970-01-01T00:00:00Z",
                "/data/EXP | 1e-99 | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 1970-01-01T00:00:00Z",
                "/data/EXP | ' 1803895200.9' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/EXP | 253402300799 | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 9999-12-31T23:59:59Z",
                "/data/EXP | '0000000000000000000000000000001803895200' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/NBF | - | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/NBF | '1772359200' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/NBF | '1772359201' | hint",
                "/data/ObjectType | - | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/ObjectType | ' key' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/ObjectType | 'Secret' | irrelevant",
                "/data/ObjectType | 'Certificate' | irrelevant",
                "/data/Version | - | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/Version | '0F1E2D3C4B5A69788796A5B4C3D2E1F0' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
                "/data/Id | 'HTTPS://KV/KEYS/HR' | rotated to 0f1e2d3c4b5a69788796a5b4c3d2e1f0 until 2027-03-01T10:00:00Z",
            })
    void aNewVersion(String pointer, String value, String meaning) throws IOException {
        assertThat(meaning(ChangedEvents.read("key-new-version.numbers", pointer, value)
                        .finding()))
                .isEqualTo(meaning);
    }

    /// An expiry that has not come contradicts the event that says that it has: the vault is asked.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // EXP of an expired version, told at 10:00:00.103 | finding
                "- | expired",
                "null | expired",
                "1772359200 | expired",
                "1772359201 | hint",
                "'253402300799' | hint",
            })
    void anExpiry(String expiry, String meaning) throws IOException {
        assertThat(meaning(
                        ChangedEvents.read("key-expired", "/data/EXP", expiry).finding()))
                .isEqualTo(meaning);
    }

    private static String meaning(Finding finding) {
        return switch (finding) {
            case Finding.Fact(Event.KeyRotated rotated) ->
                "rotated to " + rotated.newVersion()
                        + rotated.expiresAt().map(at -> " until " + at).orElse("");
            case Finding.Fact(Event.KeyRevoked _) -> "expired";
            case Finding.Fact fact -> fact.toString();
            case Finding.Hint _ -> "hint";
            case Finding.Irrelevant _ -> "irrelevant";
            case Finding.Handshake _ -> "handshake";
            case Finding.Refused(var why) -> why.detail();
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the vault of a changed policy comes from Id, whatever that names in it, else from the resource
                "'https://kv-other.vault.azure.net' | https://kv-other.vault.azure.net",
                "'https://KV-other.vault.azure.net/' | https://kv-other.vault.azure.net",
                "'https://kv-other.vault.azure.net/secrets/a/b' | https://kv-other.vault.azure.net",
                "- | https://kv-fabrikam.vault.azure.net",
                "null | https://kv-fabrikam.vault.azure.net",
            })
    void aPolicyConcernsAVault(String id, String vault) throws IOException {
        assertThat(ChangedEvents.read("vault-access-policy-changed", "/data/Id", id)
                        .finding())
                .isInstanceOfSatisfying(Finding.Hint.class, found -> {
                    assertThat(found.hint().vaultUri()).contains(vault);
                    assertThat(found.hint().keyName()).isEmpty();
                });
    }
}
