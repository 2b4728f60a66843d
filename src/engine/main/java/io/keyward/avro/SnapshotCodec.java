package io.keyward.avro;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
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
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Translates snapshots of environments.
final class SnapshotCodec {
    private SnapshotCodec() {}

    static Snapshot read(EnvironmentChanged event) {
        return new Snapshot(
                EnvironmentType.valueOf(event.getType().name()),
                event.getManaged(),
                Lifecycle.valueOf(event.getLifecycle().name()),
                flows("cloudFlows", event.getCloudFlows()),
                flows("desktopFlows", event.getDesktopFlows()),
                event.getNonOAuthConnections(),
                EventCodec.list(
                        "hostedMachineGroups[",
                        "].groupId",
                        event.getHostedMachineGroups(),
                        (path, group) -> new HostedMachineGroup(
                                new GroupId(Identifiers.parse(path, group.getGroupId())), group.getProvisionedAt())),
                event.getHostedMachines(),
                Optional.ofNullable(event.getFlowMigration())
                        .map(stated -> new FlowMigration(
                                FlowMigration.State.valueOf(stated.getState().name()),
                                Optional.ofNullable(stated.getStartedAt()),
                                Optional.ofNullable(stated.getFinishedAt()))),
                Optional.ofNullable(event.getDisplayName()).filter(name -> !name.isBlank()));
    }

    /// The record without the fields that every event begins with.
    static SpecificRecord write(Event.EnvironmentChanged event) {
        Snapshot snapshot = event.snapshot();
        return EventWriter.of(
                new EnvironmentChanged(),
                event.environmentId().value(),
                snapshot.displayName().orElse(null),
                null, // region
                io.keyward.event.EnvironmentType.valueOf(snapshot.type().name()),
                snapshot.managed(),
                io.keyward.event.Lifecycle.valueOf(snapshot.lifecycle().name()),
                event.runtimeEnabled(),
                flows(snapshot.cloudFlows()),
                flows(snapshot.desktopFlows()),
                snapshot.nonOAuthConnections(),
                snapshot.hostedMachineGroups().stream()
                        .map(group -> new io.keyward.event.HostedMachineGroup(
                                group.groupId().value(), group.provisionedAt()))
                        .toList(),
                snapshot.hostedMachines(),
                snapshot.flowMigration()
                        .map(migration -> new io.keyward.event.FlowMigration(
                                FlowMigrationState.valueOf(migration.state().name()),
                                migration.startedAt().orElse(null),
                                migration.finishedAt().orElse(null))));
    }

    private static io.keyward.event.FlowInventory flows(FlowInventory flows) {
        return new io.keyward.event.FlowInventory(
                flows.count(),
                flows.oldestCreatedAt().orElse(null),
                flows.newestCreatedAt().orElse(null),
                flows.onMicrosoftManagedKey().orElse(null),
                flows.cannotMigrate().stream().map(FlowId::value).toList());
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
