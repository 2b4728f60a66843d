package io.keyward.console.api;

import io.keyward.console.answer.DueDateEntry;
import io.keyward.console.answer.NamedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Writes due dates as a calendar (RFC 5545), one event for each.
///
/// An event is known by what falls due, not by when: if a date moves, so does the event in the calendars that hold it.
final class Calendar {
    private static final String LINE_END = "\r\n";
    private static final int MAX_LINE_BYTES = 75;
    private static final int UID_BYTES = 16;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();
    private final Instant stamp;

    private Calendar(Instant stamp) {
        this.stamp = stamp;
    }

    /// @param name what calendar programs call it
    /// @param asOf the time of the newest facts, which is when the events were last revised
    static String write(String name, Instant asOf, List<DueDateEntry> dueDates) {
        Calendar calendar = new Calendar(asOf);
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Keyward//Console//EN");
        calendar.line("CALSCALE", "GREGORIAN");
        calendar.line("X-WR-CALNAME", escaped(name));
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        dueDates.forEach(calendar::event);
        calendar.line("END", "VCALENDAR");
        return calendar.text.toString();
    }

    private void event(DueDateEntry due) {
        line("BEGIN", "VEVENT");
        line("UID", uid(due));
        line("DTSTAMP", TIME.format(stamp));
        line("DTSTART", TIME.format(due.at()));
        line("SUMMARY", escaped(summary(due)));
        line("DESCRIPTION", escaped(due.sentence()));
        line("CATEGORIES", due.kind().name());
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }

    private static String uid(DueDateEntry due) {
        String what = String.join(
                "\n",
                due.kind().name(),
                due.tenantId(),
                due.environmentId().orElse(""),
                due.key().map(NamedKey::vaultUri).orElse(""),
                due.key().map(NamedKey::keyName).orElse(""),
                due.key().flatMap(NamedKey::keyVersion).orElse(""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, UID_BYTES) + "@keyward";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String summary(DueDateEntry due) {
        String about = due.environmentId()
                .orElseGet(() -> due.key().map(NamedKey::keyName).orElse("a key"));
        String what = switch (due.kind()) {
            case DELETION -> "Deletion of " + about;
            case RETENTION_END -> "Key no longer needed by " + about;
            case KEY_EXPIRY -> "Expiry of the key " + about;
            case ENFORCEMENT_LATE -> "Proof of enforcement due for " + about;
            case DECISION -> "Change for " + about;
        };
        return what + " (" + due.tenantId() + ")";
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
        int bytes = 0;
        String line = name + ":" + value;
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            String character = Character.toString(line.codePointAt(at));
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > MAX_LINE_BYTES) {
                text.append(LINE_END).append(' ');
                bytes = 1;
            }
            text.append(character);
            bytes += size;
        }
        text.append(LINE_END);
    }
}
