package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.FreeText;
import java.util.List;
import java.util.Optional;

/// The properties and the inventory of an environment that the rules use.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for a negative count, and for more groups than a
/// decision can name.
///
/// @param displayName its first [#MAX_NAME] characters, without controls; texts name the environment so
public record Snapshot(
        EnvironmentType type,
        boolean managed,
        Lifecycle lifecycle,
        FlowInventory cloudFlows,
        FlowInventory desktopFlows,
        int nonOAuthConnections,
        List<HostedMachineGroup> hostedMachineGroups,
        int hostedMachines,
        Optional<FlowMigration> flowMigration,
        Optional<String> displayName) {
    /// The maximum number of hosted machine groups of an environment: far more than exist, and few enough for
    /// decisions and stored states to fit into a record.
    public static final int MAX_GROUPS = 1_000;

    /// How many characters of a name are kept.
    public static final int MAX_NAME = 100;

    public Snapshot {
        Counts.requireNotNegative("nonOAuthConnections", nonOAuthConnections);
        Counts.requireNotNegative("hostedMachines", hostedMachines);
        Counts.requireAtMost("hostedMachineGroups", hostedMachineGroups.size(), MAX_GROUPS, "groups");
        hostedMachineGroups = List.copyOf(hostedMachineGroups);
        displayName = displayName
                .map(name -> name.substring(0, Math.min(name.length(), MAX_NAME)))
                .map(FreeText::withoutControls);
    }

    /// The same of an environment in another place of its life, of that type, and managed or not.
    public Snapshot with(Lifecycle other, EnvironmentType otherType, boolean otherManaged) {
        return new Snapshot(
                otherType,
                otherManaged,
                other,
                cloudFlows,
                desktopFlows,
                nonOAuthConnections,
                hostedMachineGroups,
                hostedMachines,
                flowMigration,
                displayName);
    }

    /// Whether the environment may be encrypted with a customer key (R8).
    public boolean eligible() {
        return managed && type.eligible();
    }
}
