package io.keyward.domain;

import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.FlowId;
import java.util.Optional;

/// The rules on flows that existed when the environment was enabled (R3, R3a).
final class FlowRules {
    private FlowRules() {}

    static void olderFlowsStay(Situation s, Draft draft) {
        Snapshot snapshot = s.snapshot().orElseThrow();
        if (s.cloudFlowsLeft().isEmpty()) {
            stayIfOlder(s, draft, CLOUD_FLOWS, snapshot.cloudFlows());
        }
        stayIfOlder(s, draft, DESKTOP_FLOWS, snapshot.desktopFlows());
    }

    private static void stayIfOlder(Situation s, Draft draft, Component component, FlowInventory flows) {
        Protection protection = flows.protectionWhenEnabledAt(s.enabledSince().orElseThrow());
        if (protection == CUSTOMER_MANAGED) {
            return;
        }
        draft.rules.add(Rule.R3);
        draft.set(component, protection, Rule.R3);
        draft.worsen(FLOW_RUN_HISTORY, protection, Rule.R3);
        draft.warn(WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY, s.profile().flowWarning());
    }

    static void existingFlowsMigrate(Situation s, Draft draft) {
        s.cloudFlowsLeft().ifPresent(left -> judgeByReport(s, draft, left));
        Optional<FlowMigration> migration = s.snapshot().orElseThrow().flowMigration();
        boolean onlyNewHistory =
                s.formerHistoryUntil().map(draft::reachedElseSchedule).orElse(false);
        if (!onlyNewHistory) {
            draft.rules.add(Rule.R3a);
            draft.worsen(FLOW_RUN_HISTORY, MIXED, Rule.R3a);
        }
        migration.filter(m -> m.state() == FlowMigration.State.RUNNING).ifPresent(m -> {
            draft.rules.add(Rule.R3a);
            draft.warn(WarningCode.FLOW_MIGRATION_RUNNING, WarningText.Dated.migrationStart(m.startedAt()));
        });
    }

    private static void judgeByReport(Situation s, Draft draft, int left) {
        FlowInventory flows = s.snapshot().orElseThrow().cloudFlows();
        Protection protection = flows.protectionWith(left);
        draft.rules.add(Rule.R3a);
        draft.set(CLOUD_FLOWS, protection, Rule.R3a);
        draft.worsen(FLOW_RUN_HISTORY, protection, Rule.R3a);
        if (protection != CUSTOMER_MANAGED) {
            WarningText.FlowsLeft text = new WarningText.FlowsLeft(s.profile().flowWarning(), left, flows);
            draft.warn(OpenWarning.about(
                    WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY,
                    flows.cannotMigrate().stream().map(FlowId::value).sorted().toList(),
                    text));
        }
    }
}
