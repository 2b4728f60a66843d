package io.keyward.console.web;

import io.keyward.domain.decision.OpenWarning;
import java.time.Duration;
import java.time.Instant;

/// A time as pages show it: to the minute, and with its distance from now.
record Moment(Instant at, Instant now) {
    String words() {
        return OpenWarning.date(at);
    }

    /// Such as `in 3 days` or `5 hours ago`, in whole units; a unit is used from two of them on.
    String distance() {
        Duration away = Duration.between(now, at).abs();
        if (away.toMinutes() == 0) {
            return "now";
        }
        return at.isAfter(now) ? "in " + amount(away) : amount(away) + " ago";
    }

    /// Such as `3 days`, in whole units; a unit is used from two of them on.
    static String amount(Duration time) {
        return time.toDays() > 1
                ? time.toDays() + " days"
                : time.toHours() > 1 ? time.toHours() + " hours" : counted(time.toMinutes(), "minute");
    }

    private static String counted(long number, String unit) {
        return number == 1 ? "1 " + unit : number + " " + unit + "s";
    }
}
