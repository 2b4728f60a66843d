package io.keyward.domain;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A short way to write an environment's inventory: empty, active and managed, plus what a row needs.
public final class Inventory {
    private final EnvironmentType type;
    private boolean managed = true;
    private Lifecycle lifecycle = Lifecycle.ACTIVE;
    private boolean runtimeEnabled = true;
    private FlowInventory cloudFlows = FlowInventory.EMPTY;
    private FlowInventory desktopFlows = FlowInventory.EMPTY;
    private int nonOAuthConnections;
    private final List<HostedMachineGroup> groups = new ArrayList<>();
    private int hostedMachines;
    private Optional<FlowMigration> flowMigration = Optional.empty();
    private Optional<String> displayName = Optional.empty();

    private Inventory(EnvironmentType type) {
        this.type = type;
    }

    public static Inventory of(EnvironmentType type) {
        return new Inventory(type);
    }

    public static Inventory production() {
        return of(EnvironmentType.PRODUCTION);
    }

    public Inventory unmanaged() {
        managed = false;
        return this;
    }

    Inventory lifecycle(Lifecycle stated) {
        lifecycle = stated;
        return this;
    }

    public Inventory runtimeDisabled() {
        runtimeEnabled = false;
        return this;
    }

    public Inventory cloudFlows(int count, Instant oldest, Instant newest) {
        cloudFlows = new FlowInventory(count, Optional.of(oldest), Optional.of(newest));
        return this;
    }

    Inventory cloudFlows(FlowInventory flows) {
        cloudFlows = flows;
        return this;
    }

    Inventory desktopFlows(int count, Instant oldest, Instant newest) {
        desktopFlows = new FlowInventory(count, Optional.of(oldest), Optional.of(newest));
        return this;
    }

    Inventory desktopFlows(FlowInventory flows) {
        desktopFlows = flows;
        return this;
    }

    public Inventory nonOAuthConnections(int count) {
        nonOAuthConnections = count;
        return this;
    }

    public Inventory machineGroup(String groupId, Instant provisionedAt) {
        groups.add(new HostedMachineGroup(new GroupId(groupId), provisionedAt));
        return this;
    }

    public Inventory hostedMachines(int count) {
        hostedMachines = count;
        return this;
    }

    /// The cloud flows, of which the platform reports so many under the Microsoft-managed key.
    public Inventory reported(int onMicrosoftManagedKey, String... cannotMigrate) {
        cloudFlows = new FlowInventory(
                cloudFlows.count(),
                cloudFlows.oldestCreatedAt(),
                cloudFlows.newestCreatedAt(),
                Optional.of(onMicrosoftManagedKey),
                Arrays.stream(cannotMigrate).map(FlowId::new).toList());
        return this;
    }

    Inventory migration(FlowMigration stated) {
        flowMigration = Optional.of(stated);
        return this;
    }

    Inventory migration(FlowMigration.State state) {
        return migration(new FlowMigration(state, Optional.empty(), Optional.empty()));
    }

    Inventory migrationDone(Instant finishedAt) {
        return migration(new FlowMigration(FlowMigration.State.DONE, Optional.empty(), Optional.of(finishedAt)));
    }

    public Inventory named(String name) {
        displayName = Optional.of(name);
        return this;
    }

    boolean runtimeEnabled() {
        return runtimeEnabled;
    }

    public Snapshot snapshot() {
        return new Snapshot(
                type,
                managed,
                lifecycle,
                cloudFlows,
                desktopFlows,
                nonOAuthConnections,
                groups,
                hostedMachines,
                flowMigration,
                displayName);
    }
}
