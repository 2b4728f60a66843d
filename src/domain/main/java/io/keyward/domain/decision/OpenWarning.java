package io.keyward.domain.decision;

import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A warning that is open by a verdict. Its text is composed only when it is published.
///
/// @param severity that of the code, or a higher one (R13, R26, R31)
/// @param subjects what the warning is about, sorted: groups, components, or flows that cannot migrate; most codes
///     have none
/// @param arguments the values for the placeholders in the code's message, from `%1$s` on
public record OpenWarning(WarningCode code, Severity severity, List<String> subjects, List<Object> arguments) {
    /// How many subjects a record names.
    public static final int SUBJECTS_NAMED = 100;

    private static final long FNV_BASIS = 0xCBF29CE484222325L;

    public OpenWarning {
        subjects = List.copyOf(subjects);
        arguments = List.copyOf(arguments);
    }

    /// A value that is composed of others. Its text may contain more than what makes an update.
    public interface Composed {
        /// The parts whose change makes an update.
        List<?> significantParts();
    }

    /// A number whose change does not make an update. Its text is as of the last record.
    public record Count(long value) implements Composed {
        @Override
        public List<?> significantParts() {
            return List.of();
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// The significant parts of entries: the key of each, and that part of its value.
    public static <V> List<Object> significantParts(Map<?, V> entries, Function<? super V, ?> part) {
        List<Object> parts = new ArrayList<>(2 * entries.size());
        entries.forEach((key, value) -> {
            parts.add(key);
            parts.add(part.apply(value));
        });
        return parts;
    }

    public static OpenWarning of(WarningCode code, Object... arguments) {
        return about(code, List.of(), arguments);
    }

    /// About parts of the environment.
    ///
    /// @param subjects sorted
    public static OpenWarning about(WarningCode code, List<String> subjects, Object... arguments) {
        return new OpenWarning(code, code.severity(), subjects, List.of(arguments));
    }

    /// A date and time to the minute, as administrators read it.
    public static String date(Instant moment) {
        LocalDateTime minute = LocalDateTime.ofInstant(moment, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        return minute.toLocalDate() + " " + minute.toLocalTime() + " UTC";
    }

    /// The full sentences for an administrator.
    public String message(EnvironmentName environment) {
        return message(environment.toString());
    }

    /// The full sentences of a warning about a tenant.
    public String message() {
        return message("");
    }

    private String message(String environment) {
        return MessageTemplate.of(code).with(environment, index -> text(arguments.get(index)));
    }

    /// The subjects that a record names.
    List<String> firstSubjects() {
        return subjects.size() <= SUBJECTS_NAMED ? subjects : subjects.subList(0, SUBJECTS_NAMED);
    }

    /// A digest of everything whose change makes an update: severity, subjects, and the values in the text, dates
    /// to the minute. Counts, the environment's name and the wording of a release are not included.
    long fingerprint() {
        return mixed(mixed(mixed(FNV_BASIS, severity.name()), subjects), arguments);
    }

    /// Formats no value whose parts can be taken one by one, because this runs with each decision.
    private static long mixed(long digest, Object value) {
        return switch (value) {
            case Composed composed -> mixed(digest, composed.significantParts());
            case List<?> values -> mixed(digest, values);
            case Instant moment -> mixed(digest, Math.floorDiv(moment.getEpochSecond(), 60L));
            case KeyId key -> mixed(mixed(digest, key.vaultUri()), key.keyName());
            case KeyReference key ->
                mixed(
                        mixed(digest, key.key()),
                        key.version().map(KeyVersion::value).orElse(""));
            default -> mixed(digest, value.toString());
        };
    }

    private static long mixed(long digest, List<?> values) {
        long hash = mixed(digest, (long) values.size());
        for (Object value : values) {
            hash = mixed(hash, value);
        }
        return hash;
    }

    /// FNV-1a over characters, with a terminator after each text. Isolation characters are wording and are
    /// skipped.
    private static long mixed(long digest, String text) {
        long hash = digest;
        for (int at = 0; at < text.length(); at++) {
            if (!FreeText.isIsolation(text.charAt(at))) {
                hash = mixed(hash, text.charAt(at));
            }
        }
        return mixed(hash, 0xFFFF);
    }

    private static long mixed(long digest, long value) {
        return (digest ^ value) * 0x100000001B3L;
    }

    private static String text(Object argument) {
        return argument instanceof Instant moment ? date(moment) : argument.toString();
    }
}
