package io.keyward.console.answer;

import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EnforcementStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the environments of a tenant whose data is under a key really are under it, by version: the proof of a
/// rotation (R29).
///
/// @param evidence what reports are good for by the rules of the console (R32)
/// @param versions versions that are desired of a component, or that items are reported under; the newest first
/// @param reporting environments that use this key of which something was reported
/// @param counted of how many of these the items were counted, in the order of their ids; never more than a bound
public record KeyEnforcement(Evidence evidence, List<OfVersion> versions, long reporting, long counted) {
    /// Who is under one version.
    ///
    /// @param keyVersion empty where no version in force is known: any one version is desired then
    /// @param environments environments with this version in force; ENFORCED are those of which every component
    ///     that should be under it is
    /// @param components components that should be under it
    /// @param statuses these by status
    /// @param items items under it by the latest reports
    /// @param provenBy no later than then all of it was proven; empty while something is not, and where too much
    ///     would have to be read
    /// @param lag how long it took from desired to proven; empty if that is not known of any component
    public record OfVersion(
            Optional<String> keyVersion,
            Progress environments,
            Progress components,
            Map<EnforcementStatus, Long> statuses,
            long items,
            Optional<Instant> provenBy,
            Optional<Lag> lag) {}

    /// How many are ENFORCED, and how many are not yet.
    public record Progress(long enforced, long notYet) {
        public long all() {
            return enforced + notYet;
        }
    }

    /// How long it took from desired to proven.
    ///
    /// @param components of how many components that was looked up; never more than a bound
    /// @param medianSeconds half of them took no longer
    /// @param longestSeconds the slowest of them took that long
    public record Lag(long components, long medianSeconds, long longestSeconds) {}
}
