package io.keyward.console.replica;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Instant;
import java.util.Optional;

/// How far the processor has decided some inputs.
///
/// @param upTo everything in the inputs at this time is decided, and what was published for it has been read;
///     [Instant#EPOCH] if that is not known
/// @param waiting events that the processor has not decided, if it has not reached earlier input ends
/// @param since since when the first of them has waited, at least; [Instant#MAX] if none waits
record Decided(Instant upTo, long waiting, Instant since) {
    static final Decided NOTHING = new Decided(Instant.EPOCH, 0, Instant.MAX);

    /// How far both are decided.
    Decided and(Decided other) {
        return new Decided(
                upTo.isBefore(other.upTo) ? upTo : other.upTo,
                waiting + other.waiting,
                since.isBefore(other.since) ? since : other.since);
    }

    /// What is not known at that time, as a sentence.
    Optional<String> gap(Instant now) {
        if (waiting > 0) {
            return Optional.of("%,d %s for the processor since %s; what follows from that is not known."
                    .formatted(
                            waiting,
                            waiting == 1 ? "event has waited" : "events have waited",
                            since.truncatedTo(SECONDS)));
        }
        if (upTo.equals(Instant.EPOCH)) {
            return Optional.of("It is not known yet up to when the processor has decided.");
        }
        return upTo.isBefore(now.minus(Staleness.ALLOWED_AGE))
                ? Optional.of("It is not known what the processor has decided about events after %s."
                        .formatted(upTo.truncatedTo(SECONDS)))
                : Optional.empty();
    }
}
