package io.keyward.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How far ahead deadlines are shown.
enum Range {
    /// Until the end of the day in UTC.
    TODAY("Today", 1),
    WEEK("7 days", 7),
    MONTH("30 days", 30),
    ALL("Any time", 1_000_000);

    private final String words;
    private final int days;

    Range(String words, int days) {
        this.words = words;
        this.days = days;
    }

    String words() {
        return words;
    }

    /// The exclusive end of the range.
    Instant before(Instant now) {
        return (this == TODAY ? now.truncatedTo(ChronoUnit.DAYS) : now).plus(Duration.ofDays(days));
    }
}
