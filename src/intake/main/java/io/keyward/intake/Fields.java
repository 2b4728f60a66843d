package io.keyward.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.RefusedException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of an object that Azure has sent. Documents, samples and libraries spell them differently: `Id`, `id`,
/// `"ObjectName "`. So names are compared without case and without blanks around them, texts are read without blanks
/// around them, and numbers may be texts. A field that is null or a blank text is missing.
///
/// All methods throw a [RefusedException] with `INVALID_FIELD` that names the field if its value is not of the kind
/// asked for, or if several fields have the name.
public final class Fields {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final BigDecimal LATEST_SECOND = BigDecimal.valueOf(LATEST.getEpochSecond());
    private static final int LONGEST_NUMBER = 40;
    private static final String NUMBER = "a number, or a text with one";
    private static final String TIME = "a time with an offset, such as 2026-03-01T10:00:00Z, between 1970 and 9999";
    private static final String SECONDS = "seconds since 1970-01-01T00:00:00Z, before the year 10000";

    /// Of the object in a delivery, with a dot at its end; empty for the delivery itself.
    private final String path;
    private final ObjectNode object;

    Fields(String path, ObjectNode object) {
        this.path = path;
        this.object = object;
    }

    /// The path of a field, for messages.
    public String path(String name) {
        return path + name;
    }

    /// Whether the field is there and is not null.
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /// A text without blanks around it.
    public Optional<String> text(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isTextual()) {
                        throw invalid(name, "is not a text", "a text");
                    }
                    return value.textValue().strip();
                })
                .filter(text -> !text.isEmpty());
    }

    /// A text that must be there.
    ///
    /// @param expected what it should hold, for the message
    public String requiredText(String name, String expected) {
        return text(name).orElseThrow(() -> missing(name, expected));
    }

    /// A number.
    public Optional<BigDecimal> number(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isNumber() && !value.isTextual()) {
                        throw invalid(name, "is not a number", NUMBER);
                    }
                    return value.asText().strip();
                })
                .filter(text -> !text.isEmpty())
                .map(text -> number(name, text));
    }

    private BigDecimal number(String name, String text) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw invalid(name, "is not a number", NUMBER);
    }

    /// The time that a number of seconds since 1970 says. Fractions of a second are left out.
    public Optional<Instant> seconds(String name) {
        return number(name).map(seconds -> {
            if (seconds.signum() < 0 || seconds.compareTo(LATEST_SECOND) > 0) {
                throw invalid(name, "is not a time", SECONDS);
            }
            return Instant.ofEpochSecond(seconds.longValue());
        });
    }

    /// As [#seconds], of a field that must be there.
    public Instant requiredSeconds(String name) {
        return seconds(name).orElseThrow(() -> missing(name, SECONDS));
    }

    /// A time that must be there, in ISO 8601 with an offset. Fractions of a millisecond are left out.
    public Instant requiredTime(String name) {
        String text = requiredText(name, TIME);
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time.truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException _) {
            // refused below
        }
        throw invalid(name, "is not a time", TIME);
    }

    /// The fields of an object.
    public Optional<Fields> object(String name) {
        return find(name).map(value -> {
            if (value instanceof ObjectNode inner) {
                return new Fields(path(name) + ".", inner);
            }
            throw invalid(name, "is not an object", "an object");
        });
    }

    /// As [#object], of a field that must be there.
    public Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name, "an object"));
    }

    private Optional<JsonNode> find(String name) {
        List<JsonNode> found = object.properties().stream()
                .filter(field -> field.getKey().strip().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() > 1) {
            throw invalid(name, "occurs more than once, in different case", "one of them");
        }
        return found.stream().filter(value -> !value.isNull()).findFirst();
    }

    private RefusedException missing(String name, String expected) {
        return invalid(name, "is missing", expected);
    }

    private RefusedException invalid(String name, String problem, String expected) {
        return RefusedException.invalidField("%s %s; expected %s.".formatted(path(name), problem, expected));
    }
}
