package io.keyward.domain.advice;

import io.keyward.domain.Sentences;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What can be done about an environment itself. The next snapshot of it reports the result.
final class EnvironmentMeasures {
    /// In the order in which they must be done.
    static final List<Measure> ALL = List.of(
            EnvironmentMeasures::report,
            EnvironmentMeasures::restore,
            EnvironmentMeasures::manage,
            EnvironmentMeasures::convert,
            EnvironmentMeasures::enable,
            EnvironmentMeasures::provisionGroups,
            EnvironmentMeasures::replaceFlows);

    private static final Snapshot ASSUMED = new Snapshot(
            EnvironmentType.PRODUCTION,
            true,
            Lifecycle.ACTIVE,
            FlowInventory.EMPTY,
            FlowInventory.EMPTY,
            0,
            List.of(),
            0,
            Optional.empty(),
            Optional.empty());

    private EnvironmentMeasures() {}

    private static Optional<Remedy.Step> report(Trial trial) {
        return trial.snapshot().isPresent()
                ? Optional.empty()
                : Optional.of(step(
                        trial,
                        "Find out why the platform has not reported " + trial.name()
                                + " yet. The next steps assume a managed production environment without flows.",
                        ASSUMED,
                        true));
    }

    private static Optional<Remedy.Step> restore(Trial trial) {
        return trial.snapshot()
                .filter(held -> held.lifecycle() == Lifecycle.DELETED)
                .map(held -> step(
                        trial,
                        "Restore " + trial.name() + " in the admin center: it has been deleted.",
                        held.with(Lifecycle.ACTIVE, held.type(), held.managed())));
    }

    private static Optional<Remedy.Step> manage(Trial trial) {
        return trial.snapshot()
                .filter(held -> !held.managed())
                .map(held -> step(
                        trial,
                        "Make " + trial.name() + " a managed environment in the admin center.",
                        held.with(lifecycle(held), held.type(), true)));
    }

    private static Optional<Remedy.Step> convert(Trial trial) {
        return trial.snapshot()
                .filter(held -> !held.type().eligible())
                .map(held -> step(
                        trial,
                        "Convert " + trial.name() + " from the type " + held.type()
                                + " to a production environment in the admin center.",
                        held.with(lifecycle(held), EnvironmentType.PRODUCTION, held.managed())));
    }

    private static Optional<Remedy.Step> enable(Trial trial) {
        return trial.snapshot()
                .filter(_ -> trial.situation().reenableSince().isPresent())
                .map(held -> step(
                        trial,
                        "Enable " + trial.name() + " in the admin center, once its key is usable.",
                        held.with(Lifecycle.ACTIVE, held.type(), held.managed()),
                        true));
    }

    private static Optional<Remedy.Step> provisionGroups(Trial trial) {
        return trial.open(WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED).map(open -> {
            Snapshot held = trial.snapshot().orElseThrow();
            Instant now = trial.nextStamp().occurredAt();
            List<HostedMachineGroup> groups = held.hostedMachineGroups().stream()
                    .map(group -> open.subjects().contains(group.groupId().value())
                            ? new HostedMachineGroup(group.groupId(), now)
                            : group)
                    .toList();
            return step(
                    trial,
                    "Provision these hosted machine groups of " + trial.name() + " again: "
                            + String.join(", ", open.subjects()) + ".",
                    with(held, held.cloudFlows(), held.desktopFlows(), groups));
        });
    }

    private static Optional<Remedy.Step> replaceFlows(Trial trial) {
        return trial.open(WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY).map(_ -> {
            Snapshot held = trial.snapshot().orElseThrow();
            FlowInventory cloudFlows = replaced(trial, held.cloudFlows());
            FlowInventory desktopFlows = replaced(trial, held.desktopFlows());
            return step(
                    trial,
                    flowsSentence(trial, held.cloudFlows()),
                    with(held, cloudFlows, desktopFlows, held.hostedMachineGroups()));
        });
    }

    private static String flowsSentence(Trial trial, FlowInventory cloudFlows) {
        Instant since = trial.situation().enabledSince().orElseThrow();
        String sentence = "Create the flows of " + trial.name() + " that are older than " + Sentences.date(since)
                + " again, for example from an export, and delete the old ones.";
        if (!trial.situation().flowsMigrate()) {
            return sentence;
        }
        String cannot =
                cloudFlows.cannotMigrate().stream().map(Object::toString).collect(Collectors.joining(", "));
        return "Wait until the platform has migrated the cloud flows of "
                + trial.name() + " and reports that none is left on the Microsoft-managed key. Those that it"
                + " cannot migrate" + (cannot.isEmpty() ? "" : " (" + cannot + ")")
                + ", and desktop flows older than " + Sentences.date(since)
                + ", must be created again, for example from an export, and the old ones deleted.";
    }

    /// As many flows, all of them under the customer's key.
    private static FlowInventory replaced(Trial trial, FlowInventory flows) {
        if (flows.protectionWhenEnabledAt(trial.situation().enabledSince().orElseThrow()) == Protection.CUSTOMER_MANAGED
                && flows.onMicrosoftManagedKey().orElse(0) == 0) {
            return flows;
        }
        Optional<Instant> now = Optional.of(trial.nextStamp().occurredAt());
        return new FlowInventory(flows.count(), now, now, Optional.of(0), List.of());
    }

    /// The last snapshot may report a reset. Repeating it would mean another reset.
    private static Lifecycle lifecycle(Snapshot held) {
        return held.lifecycle() == Lifecycle.DELETED ? Lifecycle.DELETED : Lifecycle.ACTIVE;
    }

    private static Snapshot with(
            Snapshot held, FlowInventory cloudFlows, FlowInventory desktopFlows, List<HostedMachineGroup> groups) {
        return new Snapshot(
                held.type(),
                held.managed(),
                lifecycle(held),
                cloudFlows,
                desktopFlows,
                held.nonOAuthConnections(),
                groups,
                held.hostedMachines(),
                held.flowMigration(),
                held.displayName());
    }

    private static Remedy.Step step(Trial trial, String sentence, Snapshot snapshot) {
        EncryptionState state = trial.verdict().decision().encryptionState();
        boolean runs = state == EncryptionState.CUSTOMER_MANAGED || state == EncryptionState.MICROSOFT_MANAGED;
        return step(trial, sentence, snapshot, runs);
    }

    private static Remedy.Step step(Trial trial, String sentence, Snapshot snapshot, boolean runtimeEnabled) {
        return new Remedy.Step(
                sentence,
                new Event.EnvironmentChanged(
                        trial.tenantId(), trial.nextStamp(), trial.known().environment(), snapshot, runtimeEnabled));
    }
}
