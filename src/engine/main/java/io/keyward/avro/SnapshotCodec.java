package io.keyward.avro;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.Identifiers;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.FlowMigrationState;
import java.util.List;
import java.util.Optional;

/// Translates snapshots of environments.
final class SnapshotCodec {
    private SnapshotCodec() {}

    static Snapshot read(EnvironmentChanged event) {
        return new Snapshot(
                EnumMapping.in(EnvironmentType.class, event.getType()),
                event.getManaged(),
                EnumMapping.in(Lifecycle.class, event.getLifecycle()),
                flows("cloudFlows", event.getCloudFlows()),
                flows("desktopFlows", event.getDesktopFlows()),
                event.getNonOAuthConnections(),
                EventCodec.list(
                        "hostedMachineGroups[", "].groupId", event.getHostedMachineGroups(), SnapshotCodec::group),
                event.getHostedMachines(),
                Optional.ofNullable(event.getFlowMigration()).map(SnapshotCodec::migration),
                Optional.ofNullable(event.getDisplayName()).filter(name -> !name.isBlank()));
    }

    static io.keyward.event.FlowInventory flows(FlowInventory flows) {
        return new io.keyward.event.FlowInventory(
                flows.count(),
                flows.oldestCreatedAt().orElse(null),
                flows.newestCreatedAt().orElse(null),
                flows.onMicrosoftManagedKey().orElse(null),
                flows.cannotMigrate().stream().map(FlowId::value).toList());
    }

    static io.keyward.event.FlowMigration migration(FlowMigration migration) {
        return new io.keyward.event.FlowMigration(
                EnumMapping.in(FlowMigrationState.class, migration.state()),
                migration.startedAt().orElse(null),
                migration.finishedAt().orElse(null));
    }

    private static FlowMigration migration(io.keyward.event.FlowMigration stated) {
        return new FlowMigration(
                EnumMapping.in(FlowMigration.State.class, stated.getState()),
                Optional.ofNullable(stated.getStartedAt()),
                Optional.ofNullable(stated.getFinishedAt()));
    }

    static List<io.keyward.event.HostedMachineGroup> groups(Snapshot snapshot) {
        return snapshot.hostedMachineGroups().stream()
                .map(group ->
                        new io.keyward.event.HostedMachineGroup(group.groupId().value(), group.provisionedAt()))
                .toList();
    }

    private static HostedMachineGroup group(String path, io.keyward.event.HostedMachineGroup group) {
        return new HostedMachineGroup(
                new GroupId(Identifiers.parse(path, group.getGroupId())), group.getProvisionedAt());
    }

    private static FlowInventory flows(String path, io.keyward.event.FlowInventory flows) {
        return FlowInventory.parse(
                path,
                flows.getCount(),
                Optional.ofNullable(flows.getOldestCreatedAt()),
                Optional.ofNullable(flows.getNewestCreatedAt()),
                Optional.ofNullable(flows.getOnMicrosoftManagedKey()),
                EventCodec.list(
                        path + ".cannotMigrate[",
                        "]",
                        flows.getCannotMigrate(),
                        (at, id) -> new FlowId(Identifiers.parse(at, id))));
    }
}
