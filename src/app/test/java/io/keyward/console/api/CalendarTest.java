package io.keyward.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.Agenda;
import io.keyward.console.answer.DueDateEntry;
import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueGroup;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A calendar is as RFC 5545 says.
class CalendarTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Instant AS_OF = Instant.parse("2026-03-05T10:00:00.250Z");
    private static final Instant DUE = Instant.parse("2026-04-04T10:00:00Z");

    @Test
    void aDueDateIsAnEvent() {
        assertThat(Calendar.write(
                        "Keyward: all tenants", new Agenda(List.of(deletionOf("sales", DUE)), Map.of(), AS_OF), AS_OF))
                .startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keyward//Console//EN\r\n")
                .contains("\r\nBEGIN:VEVENT\r\nUID:")
                .contains("\r\nDTSTAMP:20260305T100000Z\r\nDTSTART:20260404T100000Z\r\n")
                .contains("\r\nSUMMARY:What changes: sales (contoso)\r\n")
                .endsWith("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    }

    @Test
    void anEventSaysWhatChangesWhereAndInWhichTenant() {
        assertThat(valueOf("SUMMARY", calendarOf(due(DueDate.Kind.DECISION, Optional.of("sales"), Optional.of("v1")))))
                .isEqualTo("What changes: sales (contoso)");
        assertThat(valueOf("SUMMARY", calendarOf(due(DueDate.Kind.KEY_EXPIRY, Optional.empty(), Optional.of("v1")))))
                .isEqualTo("What changes: cmk (contoso)");
    }

    @Test
    void linesEndWithCarriageReturnAndLineFeedAndNothingElseBreaksThem() {
        String calendar = calendarOf(new DueDateEntry(deletionOf("sales", DUE).group(), List.of(), "a", "a\nb\r\nc"));
        assertThat(calendar.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        assertThat(calendar).contains("DESCRIPTION:a\\nb\\nc\r\n");
    }

    @Test
    void commasSemicolonsAndBackslashesAreEscaped() {
        assertThat(calendarOf(deletionOf("a,b;c\\d", DUE))).contains("SUMMARY:What changes: a\\,b\\;c\\\\d (contoso)");
    }

    @Test
    void noLineIsLongerThan75BytesAndNoCharacterIsSplit() {
        String name = "漢字🔑".repeat(20);
        String calendar = calendarOf(deletionOf(name, DUE));
        assertThat(calendar.split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(calendar.replace("\r\n ", "")).contains("SUMMARY:What changes: " + name + " (contoso)\r\n");
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

    @Test
    void aCalendarIsShorterThan300KilobytesAndItsLastEventSaysWhatIsLeftOut() {
        List<DueDateEntry> many = IntStream.range(0, 1_000)
                .mapToObj(number -> deletionOf("漢".repeat(60) + number, DUE))
                .toList();
        String calendar =
                Calendar.write("Keyward", new Agenda(many, Map.of(DueDate.Kind.RETENTION_END, 7L), AS_OF), AS_OF);
        assertThat(calendar.getBytes(StandardCharsets.UTF_8).length).isBetween(200_000, 300_000);
        String[] events = calendar.replace("\r\n ", "").split("BEGIN:VEVENT", -1);
        int left = many.size() - (events.length - 2);
        assertThat(events[events.length - 1])
                .contains(
                        "SUMMARY:%d due dates are left out".formatted(left + 7),
                        "Left out: deletion %d\\, retention end 7. Read them on the page /deadlines".formatted(left),
                        "/calendar.ics?tenant=ID");
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
        return Calendar.write("Keyward", new Agenda(List.of(due), Map.of(), AS_OF), AS_OF);
    }

    private static DueDateEntry deletionOf(String environment, Instant at) {
        return entry(new DueDate(
                at, DueDate.Kind.DELETION, CONTOSO, Optional.of(new EnvironmentId(environment)), Optional.empty()));
    }

    private static DueDateEntry due(DueDate.Kind kind, Optional<String> environment, Optional<String> version) {
        KeyReference key = new KeyReference(new KeyId("https://vault.example", "cmk"), version.map(KeyVersion::new));
        return entry(new DueDate(DUE, kind, CONTOSO, environment.map(EnvironmentId::new), Optional.of(key)));
    }

    private static DueDateEntry entry(DueDate due) {
        return new DueDateEntry(DueGroup.of(due), List.of(), "What changes", "A sentence.");
    }
}
