package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.FreeText;
import java.util.List;
import java.util.Optional;

/// The properties and the inventory of an environment that the rules use.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for a negative count, for more groups than a decision can
/// name, and for a display name that is too long.
///
/// @param displayName without controls of direction; texts name the environment so
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

    /// The maximum length of a display name in Unicode code points. A name never has fewer UTF-16 units than code
    /// points, so it passes whichever of the two its producer counts.
    public static final int MAX_NAME = 500;

    public Snapshot {
        Counts.requireNotNegative("nonOAuthConnections", nonOAuthConnections);
        Counts.requireNotNegative("hostedMachines", hostedMachines);
        Counts.requireAtMost("hostedMachineGroups", hostedMachineGroups.size(), MAX_GROUPS, "groups");
        hostedMachineGroups = List.copyOf(hostedMachineGroups);
        displayName.ifPresent(name ->
                Counts.requireAtMost("displayName", name.codePointCount(0, name.length()), MAX_NAME, "characters"));
        displayName = displayName.map(FreeText::withoutControls);
    }

    /// The same snapshot with another lifecycle, type and managed state.
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
