package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What cannot be understood is refused with the name of the field and what was expected, never with what it held.
class RefusedEventsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the pointer to a field | what it holds instead (- removes it) | code | the beginning of the detail
                "/id | - | INVALID_FIELD | id is missing; expected the id of the event.",
                "/id | null | INVALID_FIELD | id is missing",
                "/id | ' ' | INVALID_FIELD | id is missing",
                "/id | 7 | INVALID_FIELD | id is not a text; expected a text.",
                "/id | 'a/b' | INVALID_ID | id holds '/' at position 1",
                "/id | 'a\\ud800' | INVALID_ID | id holds half a surrogate pair",
                "/id | 'a\\u202e' | INVALID_ID | id holds the invisible character U+202E",
                "/time | - | INVALID_FIELD | time is missing; expected a time with an offset",
                "/time | 'yesterday' | INVALID_FIELD | time is not a time; expected a time with an offset",
                "/time | '2026-03-01T10:00:00' | INVALID_FIELD | time is not a time",
                "/time | '1969-12-31T23:59:59Z' | INVALID_FIELD | time is not a time",
                "/time | '+10000-01-01T00:00:00Z' | INVALID_FIELD | time is not a time",
                "/time | '+999999999-12-31T23:59:59-18:00' | INVALID_FIELD | time is not a time",
                "/time | 1772359200 | INVALID_FIELD | time is not a text",
                "/type | - | INVALID_FIELD | type is missing; expected the type of the event.",
                "/data | - | INVALID_FIELD | data is missing; expected an object.",
                "/data | 'e30=' | INVALID_FIELD | data is not an object; expected an object.",
                "/data/Id | - | INVALID_FIELD | data.Id is missing; expected https://VAULT/keys/NAME/VERSION.",
                "/data/Id | 'kv-fabrikam' | INVALID_FIELD | data.Id is not an address of a vault",
                "/data/Id | 'http://kv/keys/hr/v' | INVALID_FIELD | data.Id is not an address of a vault",
                "/data/Id | 'https:///keys/hr/v' | INVALID_FIELD | data.Id is not an address of a vault",
                "/data/Id | 'https://k v/keys/hr/v' | INVALID_FIELD | data.Id is not an address of a vault",
                "/data/Id | 'https://kv/' | INVALID_FIELD | data.Id names no key; expected https://VAULT/keys/NAME",
                "/data/Id | 'https://kv/keys' | INVALID_FIELD | data.Id names no key",
                "/data/Id | 'https://kv/secrets/hr/v' | INVALID_FIELD | data.Id names neither a vault nor a key",
                "/data/Id | 'https://kv/keys/hr/v/x' | INVALID_FIELD | data.Id names neither a vault nor a key",
                "/data/Id | 'https://kv/keys//v' | INVALID_FIELD | data.Id is not a valid name of a key or version",
                "/data/Id | 'https://kv/keys/hr/v_1' | INVALID_FIELD | data.Id is not a valid name of a key",
                "/data/Version | 'v_1' | INVALID_FIELD | data.Version is not a valid name of a key or version",
                "/data/Version | 'v1' | INVALID_FIELD | data.Version is another version than that in data.Id",
                "/data/version | 'v1' | INVALID_FIELD | data.Version occurs more than once, in different case",
                "/data/ObjectType | 7 | INVALID_FIELD | data.ObjectType is not a text",
                "/data/NBF | 'soon' | INVALID_FIELD | data.NBF is not a number; expected a number, or a text with one.",
                "/data/NBF | true | INVALID_FIELD | data.NBF is not a number",
                "/data/NBF | {} | INVALID_FIELD | data.NBF is not a number",
                "/data/EXP | -1 | INVALID_FIELD | data.EXP is not a time; expected seconds since 1970",
                "/data/EXP | 253402300800 | INVALID_FIELD | data.EXP is not a time; expected seconds since 1970",
                "/data/EXP | '1e999999999' | INVALID_FIELD | data.EXP is not a time",
                "/data/EXP | 1e999 | INVALID_FIELD | data.EXP is not a number",
                "/data/EXP | 11111111111111111111111111111111111111111 | INVALID_FIELD | data.EXP is not a number",
            })
    void aNewVersion(String pointer, String value, RefusalCode code, String detail) throws IOException {
        assertRefused(ChangedEvents.read("key-new-version.numbers", pointer, value), code, detail);
    }

    @Test
    void anExpiryMustSayWhen() throws IOException {
        assertRefused(
                ChangedEvents.read("key-near-expiry", "/data/EXP", "null"),
                RefusalCode.INVALID_FIELD,
                "data.EXP is missing; expected seconds since 1970");
    }

    @Test
    void aVersionMustBeNamed() throws IOException {
        ObjectNode event = ChangedEvents.event("key-expired");
        ObjectNode data = (ObjectNode) event.get("data");
        data.put("Id", "https://kv/keys/hr");
        assertThat(ChangedEvents.read(event).finding()).isInstanceOf(Finding.Fact.class);
        data.remove("Version");
        assertRefused(
                ChangedEvents.read(event),
                RefusalCode.INVALID_FIELD,
                "data.Version is missing, and data.Id names no version either; expected the version of the key.");
    }

    @Test
    void anIdFitsIntoOurs() throws IOException {
        ObjectNode event = ChangedEvents.event("key-expired");
        assertThat(ChangedEvents.read(event.put("id", "i".repeat(197))).finding())
                .isInstanceOf(Finding.Fact.class);
        assertRefused(
                ChangedEvents.read(event.put("id", "i".repeat(198))),
                RefusalCode.INVALID_ID,
                "eventId is longer than 200 bytes.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aVaultThatCannotBeRead(String pointer, String value, String detail) throws IOException {
        assertRefused(
                ChangedEvents.read("vault-access-policy-changed", pointer, value), RefusalCode.INVALID_FIELD, detail);
    }

    static Stream<Arguments> aVaultThatCannotBeRead() {
        return Stream.of(
                Arguments.of("/eventTime", "-", "eventTime is missing"),
                Arguments.of("/data", "-", "data is missing"),
                Arguments.of("/data/Id", "'kv-fabrikam'", "data.Id is not an address of a vault"),
                Arguments.of("/data/Id", "'https://kv:8443'", "data.Id is not an address of a vault"),
                Arguments.of("/data/Id", "'https://10.0.0.1/keys/hr'", "data.Id is not an address of a vault"));
    }

    @Test
    void aVaultWithoutAnAddressIsThatOfTheResource() throws IOException {
        ObjectNode event = ChangedEvents.event("vault-access-policy-changed");
        ((ObjectNode) event.get("data")).remove("Id");
        assertThat(ChangedEvents.read(event).finding())
                .isInstanceOfSatisfying(
                        Finding.Hint.class,
                        hint -> assertThat(hint.hint().vaultUri()).contains("https://kv-fabrikam.vault.azure.net"));
        assertRefused(
                ChangedEvents.read(event.put("topic", "/subscriptions/a")),
                RefusalCode.INVALID_FIELD,
                "topic is not the resource id of a vault; expected /subscriptions/ID/resourceGroups/NAME");
    }

    private static void assertRefused(Item item, RefusalCode code, String detail) {
        assertThat(item.finding()).isInstanceOfSatisfying(Finding.Refused.class, refused -> {
            RefusedException why = refused.why();
            assertThat(why.detail()).startsWith(detail).endsWith(".");
            assertThat(why.code()).isEqualTo(code);
        });
    }
}
