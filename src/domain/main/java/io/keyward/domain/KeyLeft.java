package io.keyward.domain;

import static io.keyward.domain.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.DisableBlocker.Code.UNPROVEN;

import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Snapshot;
import java.util.List;

/// What one environment may still need of a key that its data has left (R27).
///
/// @param last the last time that the data was under the key and left it
record KeyLeft(Situation situation, FormerKeyPeriod last) {
    void addTo(BlockerList blockers) {
        blockers.notBefore(
                last.keptUntil(),
                "Backups of %1$s may still be encrypted with the key %2$s, which it left on %3$s; it must stay enabled until %4$s.",
                last.period().key(),
                last.left(),
                last.keptUntil());
        situation
                .snapshot()
                .ifPresentOrElse(
                        snapshot -> addGroups(snapshot, blockers),
                        () -> blockers.add(
                                UNPROVEN,
                                "Whether %1$s has hosted machine groups from before it left the key %2$s is not known.",
                                last.period().key()));
    }

    /// R6: the machines of a group are under the key of the time at which it was provisioned.
    private void addGroups(Snapshot snapshot, BlockerList blockers) {
        List<String> groups = snapshot.hostedMachineGroups().stream()
                .filter(group -> group.provisionedBefore(last.left()))
                .map(HostedMachineGroup::groupId)
                .map(Object::toString)
                .toList();
        if (!groups.isEmpty()) {
            blockers.add(
                    IN_USE,
                    "Hosted machine groups of %1$s have not been provisioned since it left the key %2$s on %3$s, so their machines may still be encrypted with it: %4$s.",
                    last.period().key(),
                    last.left(),
                    Sentences.some(groups));
        }
    }
}
