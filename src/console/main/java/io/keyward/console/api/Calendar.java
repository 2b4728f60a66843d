package io.keyward.console.api;

import io.keyward.console.answer.Agenda;
import io.keyward.console.answer.DueDateEntry;
import io.keyward.console.replica.DueDate;
import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes due dates as a calendar (RFC 5545), one event for each.
///
/// An event is known by what falls due, not by when: if a date moves, so does the event in the calendars that hold it.
final class Calendar {
    private static final String LINE_END = "\r\n";
    private static final int MAX_LINE_BYTES = 75;

    /// Where events end, so that the whole is shorter than 300,000 bytes: the last ones may have long names.
    private static final int MAX_EVENT_BYTES = 250_000;

    private static final int UID_BYTES = 16;
    private static final int DATE = "20260301".length();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();
    private final Instant stamp;

    /// How long the text is so far, in UTF-8.
    private int bytes;

    private Calendar(Instant stamp) {
        this.stamp = stamp;
    }

    /// @param name what calendar programs call it
    /// The events were last revised at the time of the newest facts.
    ///
    /// @param now when an event says that something is left out
    static String write(String name, Agenda agenda, Instant now) {
        Calendar calendar = new Calendar(agenda.asOf());
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Keyward//Console//EN");
        calendar.line("CALSCALE", "GREGORIAN");
        calendar.line("X-WR-CALNAME", escaped(name));
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        SortedMap<DueDate.Kind, Long> leftOut = new TreeMap<>(agenda.leftOut());
        for (DueDateEntry entry : agenda.entries()) {
            if (calendar.bytes < MAX_EVENT_BYTES) {
                calendar.event(entry);
            } else {
                leftOut.merge(entry.due().kind(), Agenda.dates(entry.group()), Long::sum);
            }
        }
        if (!leftOut.isEmpty()) {
            calendar.leftOut(leftOut, now);
        }
        calendar.line("END", "VCALENDAR");
        return calendar.text.toString();
    }

    private void event(DueDateEntry entry) {
        line("BEGIN", "VEVENT");
        line("UID", uid(entry.due()));
        line("DTSTAMP", TIME.format(stamp));
        line("DTSTART", TIME.format(entry.due().at()));
        line("SUMMARY", escaped(summary(entry)));
        line("DESCRIPTION", escaped(entry.sentence()));
        line("CATEGORIES", entry.due().kind().name());
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }

    private void leftOut(SortedMap<DueDate.Kind, Long> dates, Instant now) {
        long all = dates.values().stream().mapToLong(Long::longValue).sum();
        String each = dates.entrySet().stream()
                .map(kind -> "%s %,d".formatted(CodeWords.inText(kind.getKey().name()), kind.getValue()))
                .collect(Collectors.joining(", "));
        line("BEGIN", "VEVENT");
        line("UID", "left-out@keyward");
        line("DTSTAMP", TIME.format(stamp));
        line("DTSTART;VALUE=DATE", TIME.format(now).substring(0, DATE));
        line("SUMMARY", escaped("%,d due dates are left out".formatted(all)));
        line(
                "DESCRIPTION",
                escaped(
                        "This calendar holds the deletions first, each kind in the order of time. Left out: %s. Read them on the page /deadlines?range=all, or subscribe to the calendar of one tenant, /calendar.ics?tenant=ID."
                                .formatted(each)));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }

    /// Of several environments in one event the day tells which.
    private static String uid(DueDate due) {
        boolean several =
                due.kind() != DueDate.Kind.KEY_EXPIRY && due.environmentId().isEmpty();
        String what = String.join(
                "\n",
                several ? TIME.format(due.at()).substring(0, DATE) : "",
                due.kind().name(),
                due.tenantId().value(),
                due.environmentId().map(EnvironmentId::value).orElse(""),
                due.key().map(key -> key.key().vaultUri()).orElse(""),
                due.key().map(key -> key.key().keyName()).orElse(""),
                due.key().flatMap(KeyReference::version).map(KeyVersion::value).orElse(""));
        return HexFormat.of().formatHex(Sha256.of(what), 0, UID_BYTES) + "@keyward";
    }

    private static String summary(DueDateEntry entry) {
        DueDate due = entry.due();
        String about = due.environmentId()
                .map(EnvironmentId::value)
                .or(() -> due.key().map(key -> key.key().keyName()))
                .orElse("a key");
        return "%s: %s (%s)".formatted(entry.title(), about, due.tenantId());
    }

    /// Text as a value: commas, semicolons, backslashes and line breaks are escaped.
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n");
    }

    /// Adds a line, folded so that no line is longer than 75 bytes and no character is split.
    private void line(String name, String value) {
        int width = 0;
        String line = name + ":" + value;
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            String character = Character.toString(line.codePointAt(at));
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (width + size > MAX_LINE_BYTES) {
                text.append(LINE_END).append(' ');
                bytes += LINE_END.length() + 1;
                width = 1;
            }
            text.append(character);
            width += size;
            bytes += size;
        }
        text.append(LINE_END);
        bytes += LINE_END.length();
    }
}
