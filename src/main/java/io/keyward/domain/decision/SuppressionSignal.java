package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import java.time.Instant;

/// What readers believe of a sink that is suppressed.
///
/// @param suppressed what was signalled last
/// @param gapFrom the earliest time that a suppression was signalled from since the last ALLOW: where the interval
///     begins that must not be backfilled (R15)
public record SuppressionSignal(Suppressed suppressed, Instant gapFrom) {
    /// After another suppression of the sink has been signalled.
    SuppressionSignal followedBy(Suppressed next) {
        return new SuppressionSignal(next, VersionPeriod.earlier(gapFrom, next.since()));
    }
}
