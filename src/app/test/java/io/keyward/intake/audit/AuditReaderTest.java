package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.event.KeyHint;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.Samples;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditReaderTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.103Z");
    private static final String VAULT = "https://kv-fabrikam.vault.azure.net";
    private static final Finding IRRELEVANT = new Finding.Irrelevant();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatASampleMeans(String file, String type, Finding finding) {
        assertThat(AuditReader.read(ChangedRecords.CONTOSO, Samples.read("audit/" + file + ".json")))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.type()).isEqualTo(type);
                    assertThat(item.finding()).isEqualTo(finding);
                });
    }

    static Stream<Arguments> whatASampleMeans() {
        return Stream.of(
                Arguments.of("key-update", "KeyUpdate", hint("KeyUpdate", "hr-key")),
                Arguments.of("key-delete", "KeyDelete", hint("KeyDelete", "hr-key")),
                Arguments.of("vault-patch", "VaultPatch", hint("VaultPatch", null)),
                Arguments.of("vault-get", "VaultGet", IRRELEVANT),
                Arguments.of("key-purge.forbidden", "KeyPurge", IRRELEVANT),
                Arguments.of("key-get.not-found", "KeyGet", IRRELEVANT),
                Arguments.of("key-list", "KeyList", IRRELEVANT),
                Arguments.of("key-list.forbidden", "KeyList", IRRELEVANT),
                Arguments.of("certificate-create", "CertificateCreate", IRRELEVANT));
    }

    private static Finding hint(String operation, String key) {
        return new Finding.Hint(new KeyHint(ChangedRecords.CONTOSO, AT, operation, VAULT, Optional.ofNullable(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KeyCreate",
                "KeyImport",
                "KeyUpdate",
                "KeyDelete",
                "KeyRecover",
                "KeyPurge",
                "KeyRestore",
                "KeyRotate",
                "KeyRotateIfDue"
            })
    void operationsThatChangeAKey(String operation) throws IOException {
        assertThat(ChangedRecords.read(ChangedRecords.record("key-update").put("operationName", operation))
                        .finding())
                .isEqualTo(hint(operation, "hr-key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VaultPut",
                "VaultPatch",
                "VaultDelete",
                "VaultRecover",
                "VaultPurge",
                "VaultAccessPolicyChangedEventGridNotification"
            })
    void operationsThatChangeAVault(String operation) throws IOException {
        assertThat(ChangedRecords.read(ChangedRecords.record("key-update").put("operationName", operation))
                        .finding())
                .isEqualTo(hint(operation, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication",
                "VaultGet",
                "VaultGetDeleted",
                "VaultList",
                "VaultListDeleted",
                "KeyWrap",
                "KeyUnwrap",
                "KeyEncrypt",
                "KeyDecrypt",
                "KeySign",
                "KeyVerify",
                "KeyGet",
                "KeyGetDeleted",
                "KeyList",
                "KeyListDeleted",
                "KeyListVersions",
                "KeyBackup",
                "KeyRotationPolicyGet",
                "KeyRotationPolicySet",
                "KeyNearExpiryEventGridNotification",
                "KeyExpiredEventGridNotification",
                "SecretSet",
                "SecretGet",
                "CertificateImport",
                "CertificateDelete"
            })
    void operationsThatAreOnlyCounted(String operation) throws IOException {
        Item item = ChangedRecords.read(ChangedRecords.record("key-update").put("operationName", operation));
        assertThat(item.type()).isEqualTo(operation);
        assertThat(item.finding()).isEqualTo(IRRELEVANT);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the pointer to a field of an update of a key | what it holds instead (- removes it) | key of the hint
                "/properties/id | 'https://KV-fabrikam.vault.azure.net:443/keys/HR-key' | hr-key",
                "/properties/id | 'https://kv-fabrikam.vault.azure.net/deletedkeys/hr-key' | hr-key",
                "/properties/id | 'https://kv-fabrikam.vault.azure.net/keys/hr-key/v1/' | hr-key",
                "/properties/id | 'https://kv-fabrikam.vault.azure.net/keys' | the whole vault",
                "/properties/id | 'https://kv-fabrikam.vault.azure.net/' | the whole vault",
                "/properties/id | 'https://kv-fabrikam.vault.azure.net' | the whole vault",
                "/properties/id | - | the whole vault",
                "/properties/id | '' | the whole vault",
                "/properties | - | the whole vault",
                "/time | '2026-03-01T12:00:00.1036736+02:00' | hr-key",
                "/properties/httpStatusCode | 299 | hr-key",
                "/properties/httpStatusCode | '200' | hr-key",
                "/properties/httpStatusCode | '204 ' | hr-key",
                "/properties/httpStatusCode | 200.0 | hr-key",
                "/properties/httpStatusCode | - | hr-key",
                "/properties/httpStatusCode | null | hr-key",
                "/properties/httpStatusCode | 199 | irrelevant",
                "/properties/httpStatusCode | 300 | irrelevant",
                "/properties/httpStatusCode | '403' | irrelevant",
                "/resultType | 'Failure' | hr-key",
                "/resultSignature | 'Forbidden' | hr-key",
                "/resourceId | - | hr-key",
            })
    void spellings(String pointer, String value, String key) throws IOException {
        Finding finding =
                ChangedRecords.read(ChangedRecords.update(pointer, value)).finding();
        switch (key) {
            case "irrelevant" -> assertThat(finding).isEqualTo(IRRELEVANT);
            case "the whole vault" -> assertThat(finding).isEqualTo(hint("KeyUpdate", null));
            default -> assertThat(finding).isEqualTo(hint("KeyUpdate", key));
        }
    }

    /// It names no key, and has the status outside the properties.
    @ParameterizedTest
    @CsvSource({"200, true", "202, true", "403, false"})
    void aRecordOfAManagedHsmIsAHintAboutAllOfItsKeys(int status, boolean hints) throws IOException {
        ObjectNode record = ChangedRecords.record("key-update")
                .put(
                        "resourceId",
                        "/SUBSCRIPTIONS/A/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/MANAGEDHSMS/HSM-FABRIKAM")
                .put("httpStatusCode", status);
        record.putObject("properties").put("PoolType", "M-HSM");
        assertThat(ChangedRecords.read(record).finding())
                .isEqualTo(
                        hints
                                ? new Finding.Hint(new KeyHint(
                                        ChangedRecords.CONTOSO,
                                        AT,
                                        "KeyUpdate",
                                        "https://hsm-fabrikam.managedhsm.azure.net",
                                        Optional.empty()))
                                : IRRELEVANT);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {"/category, 'AllMetrics'", "/category, -", "/operationName, -", "/operationName, 'KeyLevitate'"})
    void recordsOfOtherLogsAndOperations(String pointer, String value) throws IOException {
        Item item = ChangedRecords.read(ChangedRecords.update(pointer, value));
        assertThat(item.type()).isEqualTo("other");
        assertThat(item.finding()).isEqualTo(IRRELEVANT);
    }
}
