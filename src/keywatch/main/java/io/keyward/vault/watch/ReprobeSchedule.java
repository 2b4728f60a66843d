package io.keyward.vault.watch;

import io.keyward.domain.fact.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// When to probe a key because of hints: at once, and a few times later, because a vault may apply a change late.
///
/// A hint is answered by a conclusive round trip that began after it.
final class ReprobeSchedule {
    /// Azure takes up to ten minutes to apply a change of roles.
    private static final List<Duration> LATER =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10));

    /// Over which the probes of many keys are spread.
    private static final Duration SPREAD = Duration.ofMinutes(2);

    private final Duration gap;
    private Instant hintedAt = Instant.MIN;
    private Instant begunAt = Instant.MIN;
    private Instant nextAt = Instant.MAX;
    private Instant arrivedAt = Instant.MIN;
    private Instant unansweredSince = Instant.MAX;

    /// @param gap the least time between two probes because of hints; also the wait for the second one
    ReprobeSchedule(Duration gap) {
        this.gap = gap;
    }

    /// The time of the next probe because of hints; [Instant#MAX] if there is none.
    Instant nextAt() {
        return nextAt;
    }

    /// When the oldest unanswered hint arrived; [Instant#MAX] if there is none.
    Instant unansweredSince() {
        return unansweredSince;
    }

    /// A hint arrives. Hints that arrive before the next probe need no further one.
    ///
    /// @param at when it was written
    void hinted(Instant at, Instant now) {
        hintedAt = Instants.max(hintedAt, at);
        arrived(now);
        nextAt = Instants.min(nextAt, Instants.max(now, begunAt.plus(gap)));
    }

    /// A hint arrives that concerns many keys, which are not probed all at once. It causes one probe at a random
    /// time within two minutes, unless one is due in them, and not within two minutes after the last one because of
    /// hints. So any number of such hints cause one probe in two minutes.
    void hintedWithOthers(RandomGenerator random, Instant now) {
        arrived(now);
        if (nextAt.isAfter(now.plus(SPREAD))) {
            Instant spread = now.plusNanos(random.nextLong(SPREAD.toNanos()));
            nextAt = Instants.max(spread, begunAt.plus(SPREAD));
        }
    }

    private void arrived(Instant now) {
        arrivedAt = now;
        unansweredSince = Instants.min(unansweredSince, now);
    }

    /// A round trip begins, for whatever reason.
    void started(Instant now) {
        if (!nextAt.isAfter(now)) {
            begunAt = now;
        }
        nextAt = Stream.concat(Stream.of(gap), LATER.stream())
                .map(hintedAt::plus)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .map(next -> Instants.max(next, begunAt.plus(gap)))
                .orElse(Instant.MAX);
    }

    /// A conclusive round trip began at this time.
    void answered(Instant askedAt) {
        if (!unansweredSince.isAfter(askedAt)) {
            unansweredSince = arrivedAt.isAfter(askedAt) ? arrivedAt : Instant.MAX;
        }
    }

    /// Postpones the next probe to this time. An unanswered hint causes one then.
    void postponed(Instant at) {
        if (unansweredSince.isBefore(Instant.MAX) || nextAt.isBefore(at)) {
            nextAt = at;
        }
    }
}
