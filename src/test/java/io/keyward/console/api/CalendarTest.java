package io.keyward.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.DueDateEntry;
import io.keyward.console.answer.NamedKey;
import io.keyward.console.replica.DueDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A calendar is as RFC 5545 says.
class CalendarTest {
    private static final Instant AS_OF = Instant.parse("2026-03-05T10:00:00.250Z");
    private static final Instant DUE = Instant.parse("2026-04-04T10:00:00Z");

    @Test
    void aDueDateIsAnEvent() {
        assertThat(Calendar.write("Keyward: all tenants", AS_OF, List.of(deletionOf("sales", DUE))))
                .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keyward//Console//EN\r\n")
                .contains("\r\nBEGIN:VEVENT\r\nUID:")
                .contains("\r\nDTSTAMP:20260305T100000Z\r\nDTSTART:20260404T100000Z\r\n")
                .contains("\r\nSUMMARY:Deletion of sales (contoso)\r\n")
                .endsWith("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    }

    @Test
    void everyKindHasATitleOfItsOwn() {
        assertThat(Arrays.stream(DueDate.Kind.values())
                        .map(kind -> calendarOf(due(kind, Optional.of("sales"), Optional.of("v1"))))
                        .map(calendar -> valueOf("SUMMARY", calendar)))
                .containsExactly(
                        "Deletion of sales (contoso)",
                        "Key no longer needed by sales (contoso)",
                        "Expiry of the key sales (contoso)",
                        "Proof of enforcement due for sales (contoso)",
                        "Change for sales (contoso)");
    }

    @Test
    void linesEndWithCarriageReturnAndLineFeedAndNothingElseBreaksThem() {
        String calendar = calendarOf(deletionOf("a\nb\r\nc", DUE));
        assertThat(calendar.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        assertThat(calendar).contains("SUMMARY:Deletion of a\\nb\\nc (contoso)");
    }

    @Test
    void commasSemicolonsAndBackslashesAreEscaped() {
        assertThat(calendarOf(deletionOf("a,b;c\\d", DUE))).contains("SUMMARY:Deletion of a\\,b\\;c\\\\d (contoso)");
    }

    @Test
    void noLineIsLongerThan75BytesAndNoCharacterIsSplit() {
        String name = "漢字🔑".repeat(30);
        String calendar = calendarOf(deletionOf(name, DUE));
        assertThat(calendar.split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(calendar.replace("\r\n ", "")).contains("SUMMARY:Deletion of " + name + " (contoso)\r\n");
    }

    @Test
    void anEventKeepsItsIdWhenItsDateMoves() {
        assertThat(uid(deletionOf("sales", DUE))).isEqualTo(uid(deletionOf("sales", DUE.plusSeconds(60))));
    }

    @Test
    void everyDueDateHasAnIdOfItsOwn() {
        List<DueDateEntry> different = List.of(
                deletionOf("sales", DUE),
                deletionOf("other", DUE),
                due(DueDate.Kind.ENFORCEMENT_LATE, Optional.of("sales"), Optional.of("v1")),
                due(DueDate.Kind.DECISION, Optional.of("sales"), Optional.empty()),
                due(DueDate.Kind.RETENTION_END, Optional.of("sales"), Optional.of("v1")),
                due(DueDate.Kind.RETENTION_END, Optional.of("sales"), Optional.of("v2")),
                due(DueDate.Kind.KEY_EXPIRY, Optional.empty(), Optional.of("v2")));
        assertThat(different.stream().map(CalendarTest::uid)).doesNotHaveDuplicates();
    }

    private static String uid(DueDateEntry due) {
        return valueOf("UID", calendarOf(due));
    }

    private static String valueOf(String name, String calendar) {
        return Arrays.stream(calendar.split("\r\n"))
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String calendarOf(DueDateEntry due) {
        return Calendar.write("Keyward", AS_OF, List.of(due));
    }

    private static DueDateEntry deletionOf(String environment, Instant at) {
        return new DueDateEntry(
                at,
                DueDate.Kind.DELETION,
                "contoso",
                Optional.of(environment),
                Optional.empty(),
                List.of(),
                "A sentence.");
    }

    private static DueDateEntry due(DueDate.Kind kind, Optional<String> environment, Optional<String> version) {
        NamedKey key = new NamedKey("https://vault.example", "cmk", version);
        return new DueDateEntry(DUE, kind, "contoso", environment, Optional.of(key), List.of(), "A sentence.");
    }
}
