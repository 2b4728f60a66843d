package io.keyward.domain;

import java.util.List;

/// What an environment is and holds, as far as a rule asks for it.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for a negative count.
public record Snapshot(
        EnvironmentType type,
        boolean managed,
        Lifecycle lifecycle,
        FlowInventory cloudFlows,
        FlowInventory desktopFlows,
        int nonOAuthConnections,
        List<HostedMachineGroup> hostedMachineGroups,
        int hostedMachines) {
    public Snapshot {
        Counts.notNegative("nonOAuthConnections", nonOAuthConnections);
        Counts.notNegative("hostedMachines", hostedMachines);
        hostedMachineGroups = List.copyOf(hostedMachineGroups);
    }

    /// Whether the environment may be encrypted with a customer key (R8).
    public boolean eligible() {
        return managed && type.eligible();
    }
}
