package io.keyward.domain.decision;

import java.time.Duration;
import java.time.Instant;

/// How far the reports of a component match the decision, and since when that is desired (R29).
public record Enforcement(EnforcementStatus status, Instant desiredSince) {
    /// How long a rotation to a new version of a key may take (R30).
    public static final Duration ROTATION = Duration.ofHours(24);

    /// How long any other change may take (R30).
    public static final Duration CHANGE = Duration.ofDays(4);

    /// Whether the component may become late at that moment (R30). Whether it does depends on what changed when,
    /// which is not published.
    public boolean mayBecomeLateAt(Instant moment) {
        return status != EnforcementStatus.ENFORCED
                && !moment.isBefore(desiredSince.plus(ROTATION))
                && !moment.isAfter(desiredSince.plus(CHANGE));
    }
}
