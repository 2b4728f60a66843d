package io.keyward.domain.decision;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What tells the incidents of one code and environment, or tenant, apart (docs/domain.md, "Warnings"): what raised it.
///
/// @param number the revision of the decision that raised it; of a warning about a tenant, the number of the incident
/// @param topic of the cause that raised it, as its partition and offset
public record IncidentId(long number, String topic, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("[A-Z_]+:(\\d+):(.*)-(-?\\d+)-(-?\\d+)");

    static IncidentId of(long number, Cause cause) {
        return new IncidentId(number, cause.topic(), cause.partition(), cause.offset());
    }

    /// The id that a record tells.
    ///
    /// @throws IllegalArgumentException if no record tells that
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

    /// As records tell it.
    public String text(WarningCode code) {
        return code + ":" + number + ":" + topic + "-" + partition + "-" + offset;
    }
}
