package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not an event is refused without its content.
class RefusedBodiesTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsNoEvent(String body, RefusalCode code, String detail) {
        Item item = only(body.getBytes(StandardCharsets.UTF_8));
        assertThat(item.type()).isEqualTo("other");
        assertRefused(item, code, detail);
        assertThat(new String(item.received(), StandardCharsets.UTF_8))
                .isEqualTo(
                        body.startsWith("[1") || !body.startsWith("[{") ? body : body.substring(1, body.length() - 1));
    }

    static Stream<Arguments> whatIsNoEvent() {
        String duplicate = "{\"specversion\":\"1.0\",\"id\":\"a\",\"id\":\"b\"}";
        return Stream.of(
                Arguments.of("", RefusalCode.MISSING_VALUE, "This is empty; expected JSON."),
                Arguments.of(" \n", RefusalCode.MISSING_VALUE, "This is empty"),
                Arguments.of("hello", RefusalCode.UNREADABLE, "This is not JSON at byte 0."),
                Arguments.of("{\"id\":\"a\"", RefusalCode.UNREADABLE, "This is not JSON at byte"),
                Arguments.of("{\"id\":NaN}", RefusalCode.UNREADABLE, "This is not JSON at byte"),
                Arguments.of("{}{}", RefusalCode.UNREADABLE, "Something follows the JSON value at byte 2"),
                Arguments.of("7", RefusalCode.WRONG_SCHEMA, "This is a single value; expected an object or an array"),
                Arguments.of("null", RefusalCode.WRONG_SCHEMA, "This is a single value"),
                Arguments.of("{}", RefusalCode.WRONG_SCHEMA, "This is not an event; expected the field specversion"),
                Arguments.of("[{\"id\":\"a\"}]", RefusalCode.WRONG_SCHEMA, "This is not an event"),
                Arguments.of(
                        "[" + duplicate + "]",
                        RefusalCode.UNREADABLE,
                        "An object has two fields of the same name at byte"),
                Arguments.of("{\"a\":" + "[".repeat(1_000_000), RefusalCode.UNREADABLE, "This is nested too deeply"),
                Arguments.of(
                        "{\"a\":" + "1".repeat(1_001) + "}",
                        RefusalCode.UNREADABLE,
                        "This is nested too deeply, or has a number or a name that is too long."),
                Arguments.of(
                        "[1" + ",1".repeat(10_000) + "]",
                        RefusalCode.WRONG_SCHEMA,
                        "This is an array of more than 10000 elements."));
    }

    @Test
    void asManyElementsAsAllowed() {
        byte[] most = ("[1" + ",1".repeat(9_999) + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(EventGridReader.read(CONTOSO, most)).hasSize(10_000);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void jsonInAnotherEncoding(String charset) {
        byte[] body = "[{\"specversion\":\"1.0\"}]".getBytes(Charset.forName(charset));
        Item item = only(body);
        assertRefused(item, RefusalCode.UNREADABLE, "This is JSON, but not in UTF-8.");
        assertThat(item.received()).isEqualTo(body);
    }

    @Test
    void bytesThatAreNotUtf8() {
        assertRefused(only(new byte[] {'"', (byte) 0xff, '"'}), RefusalCode.WRONG_SCHEMA, "This is a single value");
        assertRefused(
                only(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
                RefusalCode.UNREADABLE,
                "This is not JSON at byte");
    }

    private static void assertRefused(Item item, RefusalCode code, String detail) {
        assertThat(item.finding()).isInstanceOfSatisfying(Finding.Refused.class, refused -> {
            RefusedException why = refused.why();
            assertThat(why.detail()).startsWith(detail).endsWith(".");
            assertThat(why.code()).isEqualTo(code);
        });
    }

    private static Item only(byte[] body) {
        assertThat(EventGridReader.read(CONTOSO, body)).hasSize(1);
        return EventGridReader.read(CONTOSO, body).getFirst();
    }
}
