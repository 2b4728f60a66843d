package io.keyward.domain.event;

import io.keyward.domain.id.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The platform's migration of existing flows to the customer's key (R3a).
///
/// A [RefusedException] with `INVALID_FIELD` is thrown if it ended before it began.
public record FlowMigration(State state, Optional<Instant> startedAt, Optional<Instant> finishedAt) {
    /// How far a migration is.
    public enum State {
        NOT_STARTED,
        RUNNING,
        DONE,
        UNKNOWN
    }

    /// How long run history from before a migration remains available after it.
    private static final Duration HISTORY_KEPT = Duration.ofDays(30);

    public FlowMigration {
        if (startedAt.isPresent() && finishedAt.isPresent() && finishedAt.get().isBefore(startedAt.get())) {
            throw RefusedException.invalidField("flowMigration.finishedAt is " + finishedAt.get()
                    + ", before startedAt, " + startedAt.get() + "; expected the same time or a later one.");
        }
    }

    /// Until when run history from before the migration exists. Empty unless the migration is known to have ended
    /// later than that moment.
    public Optional<Instant> formerHistoryUntil(Instant enabledSince) {
        return finishedAt
                .filter(end -> state == State.DONE && end.isAfter(enabledSince))
                .map(end -> end.plus(HISTORY_KEPT));
    }
}
