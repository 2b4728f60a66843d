package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.RefusalCode;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How records are delivered, and which are refused.
class AuditDeliveriesTest {
    private static final Finding IRRELEVANT = new Finding.Irrelevant();

    @Test
    void recordsComeInAnEnvelopeOrAnArrayOrAlone() throws IOException {
        String one = ChangedRecords.record("key-update").toString();
        String other = ChangedRecords.record("key-get.not-found").toString();
        for (String value : List.of(
                "{\"v\":[[7]],\"records\":[%s, %s],\"x\":{}}".formatted(one, other),
                "[ %s,%s ]".formatted(one, other))) {
            assertThat(AuditReader.read(ChangedRecords.CONTOSO, ChangedRecords.bytes(value)))
                    .extracting(Item::type, item -> new String(item.received(), StandardCharsets.UTF_8))
                    .containsExactly(tuple("KeyUpdate", one), tuple("KeyGet", other));
        }
        assertThat(AuditReader.read(ChangedRecords.CONTOSO, ChangedRecords.bytes(one)))
                .singleElement()
                .extracting(Item::type)
                .isEqualTo("KeyUpdate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"records\":[]}"})
    void nothingIsInAnEmptyValue(String value) {
        assertThat(AuditReader.read(ChangedRecords.CONTOSO, ChangedRecords.bytes(value)))
                .isEmpty();
    }

    @Test
    void anEnvelopeWithSomethingElseIsARecord() {
        assertThat(AuditReader.read(
                        ChangedRecords.CONTOSO, ChangedRecords.bytes("{\"records\":{\"category\":\"AuditEvent\"}}")))
                .singleElement()
                .extracting(Item::finding)
                .isEqualTo(IRRELEVANT);
    }

    @Test
    void whatIsNoRecord() {
        assertRefused(ChangedRecords.only(null), RefusalCode.MISSING_VALUE, "This is empty");
        assertThat(ChangedRecords.only(null).received()).isEmpty();
        assertRefused(ChangedRecords.only(ChangedRecords.bytes("")), RefusalCode.MISSING_VALUE, "This is empty");
        assertRefused(ChangedRecords.only(ChangedRecords.bytes("<xml/>")), RefusalCode.UNREADABLE, "This is not JSON");
        assertRefused(
                ChangedRecords.only(ChangedRecords.bytes("{\"records\":[7]}")),
                RefusalCode.WRONG_SCHEMA,
                "This is a single value");
        assertRefused(
                ChangedRecords.only(ChangedRecords.bytes("{\"records\":[{\"a\":1,\"a\":2}]}")),
                RefusalCode.UNREADABLE,
                "An object has two");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/properties/id | 'https://kv/secrets/a' | properties.id names neither a vault nor a key; expected https",
                "/properties/id | 'https://kv/keys/a_b' | properties.id is not a valid name of a key or version",
                "/properties/id | 'kv' | properties.id is not an address of a vault",
                "/properties/id | 7 | properties.id is not a text",
                "/properties | 7 | properties is not an object",
                "/properties/httpStatusCode | 'OK' | properties.httpStatusCode is not a number",
                "/time | - | time is missing; expected a time with an offset",
                "/time | 'now' | time is not a time; expected a time with an offset",
            })
    void anOperationThatCannotBeUnderstood(String pointer, String value, String detail) throws IOException {
        Item item = ChangedRecords.read(ChangedRecords.update(pointer, value));
        assertThat(item.type()).isEqualTo("KeyUpdate");
        assertRefused(item, RefusalCode.INVALID_FIELD, detail);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, resourceId is missing; expected the resource id of the vault.",
                "/SUBSCRIPTIONS/A, resourceId is not the resource id of a vault; expected /subscriptions/ID",
                "/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/, resourceId is not a valid name",
                "/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/A/B, resourceId is not a valid name",
                "/PROVIDERS/MICROSOFT.KEYVAULT/MANAGEDHSMS/A/B, resourceId is not a valid name",
                "/PROVIDERS/MICROSOFT.KEYVAULT/HSMS/A, resourceId is not the resource id of a vault; expected /subscriptions/ID",
                "/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/-A, resourceId is not an address of a vault"
            })
    void withoutAnIdTheResourceMustBeAVault(String resource, String detail) throws IOException {
        ObjectNode record = ChangedRecords.record("key-update");
        ((ObjectNode) record.get("properties")).remove("id");
        assertRefused(ChangedRecords.read(record.put("resourceId", resource)), RefusalCode.INVALID_FIELD, detail);
    }

    private static void assertRefused(Item item, RefusalCode code, String detail) {
        assertThat(item.finding()).isInstanceOfSatisfying(Finding.Refused.class, refused -> {
            assertThat(refused.why().detail()).startsWith(detail);
            assertThat(refused.why().code()).isEqualTo(code);
        });
    }
}
