package io.keyward.console.answer;

import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EnforcementStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the environments of a tenant whose data is under a key are really under it, by version: the proof of
/// a rotation (R29).
///
/// @param evidence how the console's rules treat reports (R32)
/// @param versions versions that are desired for a component, or that items are reported under; the newest first
/// @param reporting environments that use this key and have reports
/// @param counted for how many of these the items were counted, by id; bounded
public record KeyEnforcement(Evidence evidence, List<OfVersion> versions, long reporting, long counted) {
    /// The environments and components under one version.
    ///
    /// @param keyVersion empty where no version in force is known: any version is accepted then
    /// @param environments environments with this version in force; ENFORCED are those whose components that
    ///     should be under it all are
    /// @param components components that should be under it
    /// @param statuses these components by status
    /// @param items items under it by the latest reports
    /// @param provenBy when the last of it was proven, at the latest; empty while something is not proven, and if
    ///     too much would have to be read
    /// @param lag how long it took from desired to proven; empty if that is not known for any component
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
    /// @param components how many components this is based on; bounded
    /// @param medianSeconds the median
    /// @param longestSeconds the maximum
    public record Lag(long components, long medianSeconds, long longestSeconds) {}
}
