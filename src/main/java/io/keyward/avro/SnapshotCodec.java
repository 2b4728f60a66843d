package io.keyward.avro;

import io.keyward.domain.EnvironmentType;
import io.keyward.domain.FlowInventory;
import io.keyward.domain.GroupId;
import io.keyward.domain.HostedMachineGroup;
import io.keyward.domain.Lifecycle;
import io.keyward.domain.Snapshot;
import io.keyward.event.EnvironmentChanged;
import java.util.List;
import java.util.Optional;

/// Translates what an environment holds.
final class SnapshotCodec {

    private static final SameName<io.keyward.event.EnvironmentType, EnvironmentType> TYPES =
            SameName.of(io.keyward.event.EnvironmentType.class, EnvironmentType.class);
    private static final SameName<io.keyward.event.Lifecycle, Lifecycle> LIFECYCLES =
            SameName.of(io.keyward.event.Lifecycle.class, Lifecycle.class);

    private SnapshotCodec() {}

    static Snapshot read(EnvironmentChanged event) {
        return new Snapshot(
                TYPES.of(event.getType()),
                event.getManaged(),
                LIFECYCLES.of(event.getLifecycle()),
                flows(event.getCloudFlows()),
                flows(event.getDesktopFlows()),
                event.getNonOAuthConnections(),
                event.getHostedMachineGroups().stream()
                        .map(group -> new HostedMachineGroup(new GroupId(group.getGroupId()), group.getProvisionedAt()))
                        .toList(),
                event.getHostedMachines());
    }

    static io.keyward.event.FlowInventory flows(FlowInventory flows) {
        return new io.keyward.event.FlowInventory(
                flows.count(),
                flows.oldestCreatedAt().orElse(null),
                flows.newestCreatedAt().orElse(null));
    }

    static List<io.keyward.event.HostedMachineGroup> groups(Snapshot snapshot) {
        return snapshot.hostedMachineGroups().stream()
                .map(group ->
                        new io.keyward.event.HostedMachineGroup(group.groupId().value(), group.provisionedAt()))
                .toList();
    }

    private static FlowInventory flows(io.keyward.event.FlowInventory flows) {
        return new FlowInventory(
                flows.getCount(),
                Optional.ofNullable(flows.getOldestCreatedAt()),
                Optional.ofNullable(flows.getNewestCreatedAt()));
    }
}
