package io.keyward.app.preflight;

import io.keyward.domain.MigrationObstacle;

/// What administrators are told about an obstacle. The ways round are those of the page on customer-managed
/// keys in Power Automate's documentation (customer-managed-keys.md of 21 May 2025).
///
/// @param why what is true of the flow
record Advice(String why, String wayRound) {
    private static final String COPY_AFTERWARDS =
            "After the policy is applied, save the flow as a copy (Save as), and give the URL of the copy to whatever"
                    + " calls the flow. The copy is on the customer-managed key. The flow itself does not migrate because"
                    + " its URL would change.";

    static Advice on(MigrationObstacle obstacle) {
        return switch (obstacle) {
            case POWER_APPS_V1_TRIGGER ->
                new Advice(
                        "Power Apps (V1) trigger, not in a solution",
                        "Before the policy is applied, replace the trigger by Power Apps (V2); this is recommended. Or,"
                                + " after it is applied, save the flow as a copy (Save as), add the copy to a solution"
                                + " (in a protected environment apps can call no other flow), and let the apps call the"
                                + " copy.");
            case HTTP_TRIGGER -> new Advice("HTTP trigger", COPY_AFTERWARDS);
            case TEAMS_TRIGGER -> new Advice("Teams trigger", COPY_AFTERWARDS);
            case LIST_FLOWS_AS_ADMIN_V1 ->
                new Advice(
                        "action List flows as Admin (V1)",
                        "Before the policy is applied, replace the action by List Flows as Admin (V2), or delete the"
                                + " flow.");
            case CALLS_FLOW_THAT_STAYS ->
                new Advice(
                        "calls a flow that stays",
                        "It migrates once the flow at the end of the chain does: change that flow, or remove the call,"
                                + " before the policy is applied. If that flow can only be copied afterwards, call the"
                                + " copy then, and ask Microsoft support to migrate this flow.");
            case CALLS_UNKNOWN_FLOW ->
                new Advice(
                        "calls a flow that is not in the inventory",
                        "Add the flow at the end of the chain to the inventory and check again; remove the call if that"
                                + " flow no longer exists. In calls, flows are named by their flowId.");
        };
    }
}
