package io.keyward.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A cloud flow, as far as its migration depends on it (R3a).
///
/// @param listsFlowsAsAdmin whether it has the action "List flows as Admin (V1)"
/// @param calls the ids of the flows that it calls; they need not be known
public record CloudFlow(String id, Trigger trigger, boolean inSolution, boolean listsFlowsAsAdmin, List<String> calls) {
    /// The triggers that matter.
    public enum Trigger {
        POWER_APPS_V1,
        HTTP,
        TEAMS,
        OTHER
    }

    public CloudFlow {
        calls = calls.stream().distinct().toList();
    }

    /// Why the flow stays, whatever it calls.
    Set<MigrationObstacle> ownObstacles() {
        Set<MigrationObstacle> own = EnumSet.noneOf(MigrationObstacle.class);
        switch (trigger) {
            case POWER_APPS_V1 -> {
                if (!inSolution) {
                    own.add(MigrationObstacle.POWER_APPS_V1_TRIGGER);
                }
            }
            case HTTP -> own.add(MigrationObstacle.HTTP_TRIGGER);
            case TEAMS -> own.add(MigrationObstacle.TEAMS_TRIGGER);
            case OTHER -> {}
        }
        if (listsFlowsAsAdmin) {
            own.add(MigrationObstacle.LIST_FLOWS_AS_ADMIN_V1);
        }
        return own;
    }
}
