package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.EnvironmentAnswer.StandingWarning;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.OutputReader;
import io.keyward.topology.OutputRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The open warnings about a tenant itself. There is one kind (R13).
final class TenantWarnings {
    private static final WarningKey LIMIT_NEAR = WarningKey.of(WarningCode.ENVIRONMENT_LIMIT_NEAR);

    private TenantWarnings() {}

    static List<StandingWarning> open(ReplicaView view, TenantId tenant, TenantState state, OutputReader reader) {
        return state.limitNearSince()
                .map(since -> List.of(limitNear(since, state, record(view, tenant, since, reader))))
                .orElse(List.of());
    }

    /// The record that raised it at that time, if that has been read.
    private static Optional<ObjectNode> record(ReplicaView view, TenantId tenant, Instant since, OutputReader reader) {
        return view.tenantWarnings(tenant).stream()
                .map(entry -> reader.read(entry.output()))
                .filter(OutputRecord.Published.class::isInstance)
                .map(output -> ((OutputRecord.Published) output).value())
                .filter(value -> PublishedRecords.raised(value, since))
                .findFirst();
    }

    private static StandingWarning limitNear(Instant since, TenantState state, Optional<ObjectNode> record) {
        return StandingWarning.of(
                LIMIT_NEAR,
                since,
                record,
                () -> OpenWarning.of(LIMIT_NEAR.code(), state.slotsUsed(), state.limit())
                        .message());
    }
}
