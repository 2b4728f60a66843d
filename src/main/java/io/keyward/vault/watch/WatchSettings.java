package io.keyward.vault.watch;

import java.time.Duration;
import java.util.List;

/// How the watch goes about its work.
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
    /// @param deepEvery which probe in a row is a deep one: 1 for each
    /// @param refresh how often it is looked up which keys there are
    public record Pace(Duration period, int jitterPercent, int deepEvery, Duration refresh) {}

    /// When an answer is believed.
    ///
    /// @param confirmations how many deep probes in a row must agree before something is published
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

    /// When a vault that does not answer is left alone, and for how long.
    ///
    /// @param failures how many answers in a row that say nothing make a pause
    /// @param pause the first pause; each next one is twice as long
    /// @param maxPause the longest
    public record Breaks(int failures, Duration pause, Duration maxPause) {}
}
