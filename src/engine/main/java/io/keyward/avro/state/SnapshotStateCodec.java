package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import java.io.IOException;

/// The binary form of a snapshot within the state of an environment.
final class SnapshotStateCodec {

    private static final Symbols<EnvironmentType> TYPES = Symbols.stored(EnvironmentType.class);
    private static final Symbols<Lifecycle> LIFECYCLES = Symbols.stored(Lifecycle.class);
    private static final Symbols<FlowMigration.State> MIGRATIONS =
            Symbols.stored(FlowMigration.State.class, io.keyward.state.FlowMigrationState.getClassSchema());

    private SnapshotStateCodec() {}

    static void write(StateOutput out, Register<Snapshot> register) {
        var snapshot = register.value();
        out.stamp(register.stamp());
        out.symbol(TYPES, snapshot.type());
        out.flag(snapshot.managed());
        out.symbol(LIFECYCLES, snapshot.lifecycle());
        flows(out, snapshot.cloudFlows());
        flows(out, snapshot.desktopFlows());
        out.number(snapshot.nonOAuthConnections());
        out.list(snapshot.hostedMachineGroups(), (to, group) -> {
            to.text(group.groupId().value());
            to.time(group.provisionedAt());
        });
        out.number(snapshot.hostedMachines());
        out.optional(snapshot.flowMigration(), (to, migration) -> {
            to.symbol(MIGRATIONS, migration.state());
            to.optional(migration.startedAt(), StateOutput::time);
            to.optional(migration.finishedAt(), StateOutput::time);
        });
        out.optional(snapshot.displayName(), StateOutput::text);
    }

    static Register<Snapshot> read(StateInput in) throws IOException {
        var stamp = in.stamp();
        var snapshot = new Snapshot(
                in.symbol(TYPES),
                in.flag(),
                in.symbol(LIFECYCLES),
                flows(in),
                flows(in),
                in.number(),
                in.list(from -> new HostedMachineGroup(new GroupId(from.text()), from.time())),
                in.number(),
                in.optional(SnapshotStateCodec::migration),
                in.optional(StateInput::text));
        return new Register<>(stamp, snapshot);
    }

    private static void flows(StateOutput out, FlowInventory flows) {
        out.number(flows.count());
        out.optional(flows.oldestCreatedAt(), StateOutput::time);
        out.optional(flows.newestCreatedAt(), StateOutput::time);
        out.optional(flows.onMicrosoftManagedKey(), StateOutput::number);
        out.list(flows.cannotMigrate(), (o, id) -> o.text(id.value()));
    }

    private static FlowInventory flows(StateInput in) throws IOException {
        return new FlowInventory(
                in.number(),
                in.optional(StateInput::time),
                in.optional(StateInput::time),
                in.optional(StateInput::number),
                in.list(i -> new FlowId(i.text())));
    }

    private static FlowMigration migration(StateInput in) throws IOException {
        return new FlowMigration(in.symbol(MIGRATIONS), in.optional(StateInput::time), in.optional(StateInput::time));
    }
}
