package io.keyward.domain.decision;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Distinguishes the incidents of one code and environment, or tenant, by what raised them (docs/domain.md,
/// "Warnings").
///
/// @param number the revision of the decision that raised it; for a warning about a tenant, the number of the
///     incident
/// @param topic of the cause that raised it, like its partition and offset
public record IncidentId(long number, String topic, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("[A-Z_]+:(\\d+):(.*)-(-?\\d+)-(-?\\d+)");

    static IncidentId of(long number, Cause cause) {
        return new IncidentId(number, cause.topic(), cause.partition(), cause.offset());
    }

    /// Parses the published form. The code in it is ignored.
    ///
    /// @throws IllegalArgumentException if the text does not have the published form
    public static IncidentId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "The incident '" + text + "' is not CODE:number:topic-partition-offset.");
        }
        return new IncidentId(
                Long.parseLong(matcher.group(1)),
                matcher.group(2),
                Integer.parseInt(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }

    /// The published form.
    public String text(WarningCode code) {
        return code + ":" + number + ":" + topic + "-" + partition + "-" + offset;
    }
}
