package io.keyward.domain;

/// Why a flow does not migrate to the customer-managed key, or why that is not known (R3a).
public enum MigrationObstacle {
    /// It has the Power Apps (V1) trigger and is in no solution.
    POWER_APPS_V1_TRIGGER,
    HTTP_TRIGGER,
    TEAMS_TRIGGER,
    /// It has the action "List flows as Admin (V1)".
    LIST_FLOWS_AS_ADMIN_V1,
    /// It calls a flow that stays, itself or through others.
    CALLS_FLOW_THAT_STAYS,
    /// It calls a flow that is not in the inventory, itself or through others.
    CALLS_UNKNOWN_FLOW
}
