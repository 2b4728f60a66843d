package io.keyward.vault.watch;

import java.time.Duration;
import java.util.List;

/// How the watch works.
///
/// @param expiryDays how many days before a version expires its expiry is announced, once for each
public record WatchSettings(Pace pace, Proof proof, Limits limits, Breaks breaks, List<Integer> expiryDays) {
    public WatchSettings {
        expiryDays = List.copyOf(expiryDays);
    }

    /// How often keys are asked about.
    ///
    /// @param period from one probe of a key to the next
    /// @param jitterPercent by how much that is shorter or longer at random, so that keys do not fall into step
    /// @param deepEvery every how many probes one is a round trip: 1 for each
    /// @param refresh how often the keys in use are looked up
    public record Pace(Duration period, int jitterPercent, int deepEvery, Duration refresh) {}

    /// When an answer is a proof.
    ///
    /// @param confirmations how many round trips in a row must agree before something is published
    /// @param interval from one of these probes to the next
    /// @param grace how long a revocation that others have stated is taken at their word, while it may not
    ///     have reached every node of the vault
    public record Proof(int confirmations, Duration interval, Duration grace) {}

    /// What the watch must not exceed.
    ///
    /// @param quotaPercent the share of a vault's quota
    /// @param concurrency probes at a time
    /// @param concurrencyPerVault probes of one vault at a time
    public record Limits(int quotaPercent, int concurrency, int concurrencyPerVault) {}

    /// When the watch backs off from an unresponsive vault, and for how long.
    ///
    /// @param failures how many answers in a row that say nothing make a pause
    /// @param pause the first pause; each next one is twice as long
    /// @param maxPause the longest
    public record Breaks(int failures, Duration pause, Duration maxPause) {}
}
