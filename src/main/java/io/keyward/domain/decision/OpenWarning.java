package io.keyward.domain.decision;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// A warning that a verdict holds open. Its text is composed only when it is raised.
///
/// @param arguments the values for the placeholders in the code's message
/// @param causes what holds it open, if the text names that: causes of a lock (R20), a date (R23, R26) or what is
///     reported (R3a). When one is added, the warning is raised again
public record OpenWarning(WarningKey key, List<Object> arguments, Set<String> causes) {
    public OpenWarning {
        arguments = List.copyOf(arguments);
        causes = Set.copyOf(causes);
    }

    public static OpenWarning of(WarningCode code, Object... arguments) {
        return new OpenWarning(WarningKey.of(code), List.of(arguments), Set.of());
    }

    /// A date and time to the minute, as administrators read it.
    public static String date(Instant moment) {
        LocalDateTime minute = LocalDateTime.ofInstant(moment, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        return minute.toLocalDate() + " " + minute.toLocalTime() + " UTC";
    }

    /// The full sentences for an administrator.
    public String message() {
        return MessageTemplate.of(key.code()).with(index -> text(arguments.get(index)));
    }

    private static String text(Object argument) {
        return argument instanceof Instant moment ? date(moment) : argument.toString();
    }
}
