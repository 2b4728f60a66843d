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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Translates snapshots of environments.
final class SnapshotCodec {
    private static final EnumMapping<io.keyward.event.EnvironmentType, EnvironmentType> TYPES =
            EnumMapping.of(io.keyward.event.EnvironmentType.class, EnvironmentType.class);
    private static final EnumMapping<io.keyward.event.Lifecycle, Lifecycle> LIFECYCLES =
            EnumMapping.of(io.keyward.event.Lifecycle.class, Lifecycle.class);

    private SnapshotCodec() {}

    static Snapshot read(EnvironmentChanged event) {
        return new Snapshot(
                TYPES.of(event.getType()),
                event.getManaged(),
                LIFECYCLES.of(event.getLifecycle()),
                flows("cloudFlows", event.getCloudFlows()),
                flows("desktopFlows", event.getDesktopFlows()),
                event.getNonOAuthConnections(),
                groups(event.getHostedMachineGroups()),
                event.getHostedMachines(),
                Optional.ofNullable(event.getFlowMigration()).map(SnapshotCodec::migration));
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

    private static List<HostedMachineGroup> groups(List<io.keyward.event.HostedMachineGroup> stated) {
        List<HostedMachineGroup> groups = new ArrayList<>(stated.size());
        for (io.keyward.event.HostedMachineGroup group : stated) {
            groups.add(new HostedMachineGroup(groupId(group.getGroupId(), groups.size()), group.getProvisionedAt()));
        }
        return groups;
    }

    private static GroupId groupId(String id, int index) {
        return new GroupId(Identifiers.parse("hostedMachineGroups[" + index + "].groupId", id));
    }

    private static FlowInventory flows(String path, io.keyward.event.FlowInventory flows) {
        return FlowInventory.parse(
                path,
                flows.getCount(),
                Optional.ofNullable(flows.getOldestCreatedAt()),
                Optional.ofNullable(flows.getNewestCreatedAt()),
                Optional.ofNullable(flows.getOnMicrosoftManagedKey()),
                flowIds(path, flows.getCannotMigrate()));
    }

    private static List<FlowId> flowIds(String path, List<String> stated) {
        List<FlowId> ids = new ArrayList<>(stated.size());
        for (String id : stated) {
            ids.add(new FlowId(Identifiers.parse(path + ".cannotMigrate[" + ids.size() + "]", id)));
        }
        return ids;
    }
}
