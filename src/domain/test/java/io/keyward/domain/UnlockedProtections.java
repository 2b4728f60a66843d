package io.keyward.domain;

import io.keyward.domain.decision.Standing;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What R1 to R8 and R11 say about components, apart from locks, in a second and plain implementation: a locked
/// component does not show any more what it was.
record UnlockedProtections(Situation situation) {
    Protection of(Component component) {
        return switch (situation.standing()) {
            case NO_POLICY, NOT_ELIGIBLE, DELETED -> Protection.MICROSOFT_MANAGED;
            case INVENTORY_UNKNOWN ->
                switch (component) {
                    case DATAVERSE -> Protection.CUSTOMER_MANAGED;
                    case OAUTH_CONNECTIONS -> oauthConnections();
                    case NON_OAUTH_CONNECTIONS, HOSTED_MACHINES -> Protection.MICROSOFT_MANAGED;
                    case CLOUD_FLOWS, DESKTOP_FLOWS, FLOW_RUN_HISTORY, HOSTED_MACHINE_GROUPS -> Protection.UNDETERMINED;
                };
            case OVER_LIMIT ->
                component == Component.DATAVERSE ? Protection.CUSTOMER_MANAGED : Protection.MICROSOFT_MANAGED;
            case ENABLED ->
                switch (component) {
                    case DATAVERSE -> Protection.CUSTOMER_MANAGED;
                    case OAUTH_CONNECTIONS -> oauthConnections();
                    case NON_OAUTH_CONNECTIONS, HOSTED_MACHINES -> Protection.MICROSOFT_MANAGED;
                    case CLOUD_FLOWS -> cloudFlows();
                    case DESKTOP_FLOWS -> desktopFlows();
                    case FLOW_RUN_HISTORY -> runHistory();
                    case HOSTED_MACHINE_GROUPS -> machineGroups();
                };
        };
    }

    private Snapshot snapshot() {
        return situation.snapshot().orElseThrow();
    }

    private Instant enabledSince() {
        return situation.enabledSince().orElseThrow();
    }

    /// Apart from proofs.
    private Protection oauthConnections() {
        return switch (situation.profile().oauthConnections()) {
            case CUSTOMER_MANAGED -> Protection.CUSTOMER_MANAGED;
            case UNDETERMINED -> Protection.UNDETERMINED;
        };
    }

    private boolean migrates() {
        return situation.profile().existingFlows() == RuleProfile.ExistingFlows.MIGRATE;
    }

    private Protection cloudFlows() {
        Optional<Integer> left = snapshot().cloudFlows().onMicrosoftManagedKey();
        boolean reported = migrates()
                && left.isPresent()
                && situation
                        .facts()
                        .snapshot()
                        .orElseThrow()
                        .stamp()
                        .occurredAt()
                        .isAfter(enabledSince());
        if (!reported) {
            return snapshot().cloudFlows().protectionWhenEnabledAt(enabledSince());
        }
        if (left.get() == 0) {
            return Protection.CUSTOMER_MANAGED;
        }
        return left.get() == snapshot().cloudFlows().count() ? Protection.MICROSOFT_MANAGED : Protection.MIXED;
    }

    private Protection desktopFlows() {
        return snapshot().desktopFlows().protectionWhenEnabledAt(enabledSince());
    }

    private Protection runHistory() {
        Protection asFlows = cloudFlows().worse(desktopFlows());
        boolean onlyNew = !migrates()
                || formerHistoryUntil()
                        .filter(end -> !end.isAfter(situation.asOf()))
                        .isPresent();
        return onlyNew ? asFlows : asFlows.worse(Protection.MIXED);
    }

    /// When the 30 days of R3a end, if that is known.
    Optional<Instant> formerHistoryUntil() {
        return migrates() && situation.is(Standing.ENABLED)
                ? snapshot().flowMigration().flatMap((FlowMigration m) -> m.formerHistoryUntil(enabledSince()))
                : Optional.empty();
    }

    private Protection machineGroups() {
        List<HostedMachineGroup> groups = snapshot().hostedMachineGroups();
        long pending = groups.stream().filter(this::isPending).count();
        if (pending == 0) {
            return Protection.CUSTOMER_MANAGED;
        }
        return pending == groups.size() ? Protection.PENDING_REPROVISION : Protection.MIXED;
    }

    private boolean isPending(HostedMachineGroup group) {
        return group.provisionedBefore(
                Instants.max(enabledSince(), situation.keyPeriod().since()));
    }

    /// Whether a hosted machine group has not been provisioned since its key took effect (R6).
    boolean someGroupIsPending() {
        return situation.is(Standing.ENABLED)
                && snapshot().hostedMachineGroups().stream().anyMatch(this::isPending);
    }
}
