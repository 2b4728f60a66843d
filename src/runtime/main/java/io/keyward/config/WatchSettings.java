package io.keyward.config;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// The settings of the watch.
///
/// @param expiryDays the numbers of days before a version's expiry at which the expiry is announced
public record WatchSettings(Pace pace, Proof proof, Limits limits, Breaks breaks, List<Integer> expiryDays) {
    public WatchSettings {
        expiryDays = List.copyOf(expiryDays);
    }

    /// The least time between two probes of a confirmation.
    public Duration leastInterval() {
        return proof.interval().multipliedBy(100 - pace.jitterPercent()).dividedBy(100);
    }

    /// How often keys are probed.
    ///
    /// @param period the time between two probes of a key
    /// @param jitterPercent the random variation of the period, so that probes of many keys do not coincide
    /// @param deepEvery every which probe is a round trip; 1 means every probe
    /// @param refresh the time between two lookups of the keys in use
    public record Pace(Duration period, int jitterPercent, int deepEvery, Duration refresh) {
        /// A duration with this random variation.
        public Duration jittered(Duration duration, RandomGenerator random) {
            double off = jitterPercent / 100.0 * (2 * random.nextDouble() - 1);
            return duration.plusNanos((long) (duration.toNanos() * off));
        }
    }

    /// When an answer is a proof.
    ///
    /// @param confirmations how many round trips in a row must agree before an event is published
    /// @param interval the time between these probes
    /// @param grace how long a revocation from another source is trusted, because it may not have reached every
    ///     node of the vault
    public record Proof(int confirmations, Duration interval, Duration grace) {}

    /// The limits of the watch.
    ///
    /// @param quotaPercent the share of a vault's quota
    /// @param concurrency the limit of concurrent probes
    /// @param concurrencyPerVault the limit of concurrent probes of one vault
    public record Limits(int quotaPercent, int concurrency, int concurrencyPerVault) {}

    /// When and for how long the watch backs off from an unresponsive vault.
    ///
    /// @param failures the number of inconclusive answers in a row that cause a pause
    /// @param pause the first pause; each further one is twice as long
    /// @param maxPause the longest pause
    public record Breaks(int failures, Duration pause, Duration maxPause) {}
}
