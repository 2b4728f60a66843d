package io.keyward.bench.measure;

/// The time until the product is ready again, with the state of the workload.
///
/// @param afterStop seconds from the start of the process, after a regular stop
/// @param afterKill the same after SIGKILL
/// @param afterKillAsMember the same after SIGKILL with static group membership, as in `deploy/kubernetes`
/// @param fromNothing the same after its folder was deleted, so that all state is restored from the changelogs
/// @param changes the number of records ever written to the changelogs; compacted changelogs hold fewer
public record Restart(
        SubjectVariant subjectVariant,
        double afterStop,
        double afterKill,
        double afterKillAsMember,
        double fromNothing,
        long changes) {
    /// Restored changes per second, including the start of the process.
    public double restoredPerSecond() {
        return changes / fromNothing;
    }
}
