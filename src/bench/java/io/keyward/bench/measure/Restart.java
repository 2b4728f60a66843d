package io.keyward.bench.measure;

/// How long the product takes to be ready again, with the state that the workload has left.
///
/// @param afterStop seconds from the start of the process, after it was stopped as an operator does
/// @param afterKill the same after SIGKILL
/// @param afterKillAsMember the same with a name in the group that it keeps, as in `deploy/kubernetes`
/// @param fromNothing the same after its folder was deleted: all has to come from the changelogs
/// @param changes how many records the changelogs were given in all; less are left where they were compacted
public record Restart(
        Subject subject,
        double afterStop,
        double afterKill,
        double afterKillAsMember,
        double fromNothing,
        long changes) {
    /// Changes restored a second, start of the process included.
    public double restoredPerSecond() {
        return changes / fromNothing;
    }
}
