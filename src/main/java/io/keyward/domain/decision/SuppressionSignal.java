package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import java.time.Instant;

/// What was published about a sink that is suppressed.
///
/// @param suppressed the last suppression published
/// @param gapFrom the earliest start of a suppression published since the last ALLOW: the start of the
///     interval that must not be backfilled (R15)
public record SuppressionSignal(Suppressed suppressed, Instant gapFrom) {
    /// The signal after a further suppression of the sink.
    SuppressionSignal followedBy(Suppressed next) {
        return new SuppressionSignal(next, VersionPeriod.earlier(gapFrom, next.since()));
    }
}
